import { Button } from '@wordpress/components';
import { useRef } from 'react';
import { __ } from '@wordpress/i18n';
import type { Connection } from '../validation/schemas.ts';
import { stepLine } from './lines.ts';
import { isOutdated, placeToResume } from './run.ts';
import type { Doctor } from './use-doctor.ts';
import { useLostFocus } from '../admin/use-lost-focus.ts';

interface Props {
	doctor: Doctor;
	connection: Connection;
}

/** Runs the checks, and stops them. The first button stays where it is, and takes the focus of those that go. */
export function DoctorActions( { doctor: { run, start, stop }, connection }: Props ) {
	const button = useRef< HTMLButtonElement >( null );
	const focus = useLostFocus( button );
	const running = run.status.tag === 'running';
	const place = isOutdated( run.results, connection ) ? 0 : placeToResume( run.results );
	const all = __( 'Run all again', 'slashimage' );
	const again = place > 0 ? __( 'Run again', 'slashimage' ) : all;
	const shared = { disabled: running, accessibleWhenDisabled: true, __next40pxDefaultSize: true } as const;
	return (
		<div className="slashimage-actions" { ...focus }>
			<Button
				{ ...shared }
				ref={ button }
				variant="secondary"
				isBusy={ running }
				onClick={ () => start( place ) }
			>
				{ run.results.length > 0 && ! running ? again : __( 'Run checks', 'slashimage' ) }
			</Button>
			{ running && (
				<>
					<Button variant="tertiary" onClick={ stop } __next40pxDefaultSize>
						{ __( 'Stop', 'slashimage' ) }
					</Button>
					<p>{ stepLine( run.results ) }</p>
				</>
			) }
			{ place > 0 && ! running && (
				<Button { ...shared } variant="tertiary" onClick={ () => start( 0 ) }>
					{ all }
				</Button>
			) }
		</div>
	);
}
