import { __, sprintf } from '@wordpress/i18n';
import { SettingCard, type SettingProps } from './setting-card.tsx';

/** Whether the admin address hears by e-mail that optimizing is paused. */
export function EmailsCard( props: SettingProps ) {
	/* translators: %s: an e-mail address. */
	const label = __( 'E-mail %s when optimizing has been paused for an hour, and when it works again.', 'slashimage' );
	return (
		<SettingCard
			{ ...props }
			name="emails"
			heading={ __( 'E-mails', 'slashimage' ) }
			label={ sprintf( label, props.settings.address ) }
		/>
	);
}
