import { __ } from '@wordpress/i18n';
import { originalsLine } from './lines.ts';
import { SettingCard, type SettingProps } from './setting-card.tsx';

/** Where the originals are, for whoever makes backups of the site, and whether they outlive the plugin. */
export function OriginalsCard( props: SettingProps ) {
	const { backup_folder: folder } = props.settings;
	return (
		<SettingCard
			{ ...props }
			name="keep_backups"
			heading={ __( 'Originals', 'slashimage' ) }
			label={ __( 'Keep the originals when the plugin is deleted.', 'slashimage' ) }
		>
			<p>
				{ __(
					'SlashImage keeps the original of every optimized file on this server, so that you can restore it.',
					'slashimage'
				) }
			</p>
			{ folder && (
				<p>
					{ __( 'Include this folder in your backups:', 'slashimage' ) } <code>{ folder }</code>
				</p>
			) }
			{ props.settings.settable && <p>{ originalsLine() }</p> }
		</SettingCard>
	);
}
