import { createRoot } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import '../admin/index.scss';
import { networkPageSchema } from '../validation/network-schemas.ts';
import './index.scss';
import { Screen } from './screen.tsx';

const mount = document.getElementById( 'slashimage-network' );
if ( mount ) {
	const page = networkPageSchema.safeParse( ( window as { slashimageNetwork?: unknown } ).slashimageNetwork );
	createRoot( mount ).render( page.success ? <Screen page={ page.data } /> : <p>{ unreadable() }</p> );
}

function unreadable(): string {
	return __( 'This screen has no data to show. Reload the page, or install SlashImage again.', 'slashimage' );
}
