import { __ } from '@wordpress/i18n';
import { HelpLink, type Links } from '../admin/help-link.tsx';

/** The link of an advice, by its name: an address of plugin.json, or a screen of this site. */
export function AdviceLink( { name, links }: { name: string | null; links: Links } ) {
	switch ( name ) {
		case 'dashboard':
			return <HelpLink href={ links[ name ] }>{ __( 'Open the dashboard', 'slashimage' ) }</HelpLink>;
		case 'keys':
			return <HelpLink href={ links[ name ] }>{ __( 'How to allow a domain', 'slashimage' ) }</HelpLink>;
		case 'changeKey':
			return <HelpLink href={ links[ name ] }>{ __( 'How to change the key', 'slashimage' ) }</HelpLink>;
		case 'invalidKey':
			return <HelpLink href={ links[ name ] }>{ __( 'Why a key stops working', 'slashimage' ) }</HelpLink>;
		case 'support':
			return <a href={ links[ name ] }>{ __( 'Write to support', 'slashimage' ) }</a>;
		case 'plugins':
			return <a href="plugins.php">{ __( 'Open the list of plugins', 'slashimage' ) }</a>;
		default:
			return null;
	}
}
