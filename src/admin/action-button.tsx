import { Button } from '@wordpress/components';
import type { ConnectionScreen } from './use-connection.ts';

interface Props {
	screen: ConnectionScreen;
	action: 'check' | 'retry' | 'optimize' | 'stop' | 'allowSite';
	children: string;
}

/** A button that asks the site for something; no other one can be pressed until it has answered. */
export function ActionButton( { screen, action, children }: Props ) {
	const { attempt } = screen;
	const busy = attempt.tag === 'busy';
	return (
		<Button
			variant="secondary"
			onClick={ screen[ action ] }
			isBusy={ busy && attempt.action === action }
			disabled={ busy }
			accessibleWhenDisabled
			__next40pxDefaultSize
		>
			{ children }
		</Button>
	);
}
