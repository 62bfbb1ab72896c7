import domReady from '@wordpress/dom-ready';
import { createRoot } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { adminPageSchema } from '../validation/schemas.ts';
import './index.scss';
import { Screen } from './screen.tsx';

domReady( () => {
	const mount = document.getElementById( 'slashimage-admin' );
	if ( ! mount ) {
		return;
	}
	const page = adminPageSchema.safeParse( ( window as { slashimageAdmin?: unknown } ).slashimageAdmin );
	createRoot( mount ).render( page.success ? <Screen page={ page.data } /> : <p>{ unreadable() }</p> );
} );

const unreadable = (): string =>
	__( 'This screen could not be drawn: its data is missing. Reload the page, or install SlashImage again.', 'slashimage' );
