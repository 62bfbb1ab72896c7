import { Spinner } from '@wordpress/components';
import { useEffect, useState, type ComponentType } from 'react';
import { __ } from '@wordpress/i18n';
import type { AdminPage, Connection } from '../validation/schemas.ts';
import type { Links } from './help-link.tsx';
import { loadScript, loadStyle } from './load.ts';
import { MessageView } from './message-view.tsx';
import type { ConnectionScreen } from './use-connection.ts';

export interface DoctorProps {
	screen: ConnectionScreen;
	namespace: string;
	links: Links;
	/** Whether it is seen. What it found stays while it is folded away. */
	open: boolean;
}

interface Props extends Omit< DoctorProps, 'open' > {
	files: AdminPage[ 'doctor' ];
}

type Body = ComponentType< DoctorProps > | 'loading' | 'failed';

/** The place of the doctor: folded away, and loaded when it is first unfolded, because most people never need it. */
export function DoctorCard( { files, ...props }: Props ) {
	const [ open, setOpen ] = useOpen( props.screen.snapshot.connection );
	const Doctor = useBody( open, files );
	return (
		<section className="slashimage-card" aria-labelledby="slashimage-checks">
			<h2 id="slashimage-checks">
				<button
					type="button"
					className="slashimage-disclosure"
					aria-expanded={ open }
					onClick={ () => setOpen( ! open ) }
				>
					{ __( 'Checks', 'slashimage' ) }
				</button>
			</h2>
			{ typeof Doctor !== 'string' && <Doctor { ...props } open={ open } /> }
			{ open && Doctor === 'loading' && <Spinner /> }
			{ open && Doctor === 'failed' && (
				<MessageView
					message={ {
						tone: 'error',
						lines: [
							__( 'The checks could not be loaded. Reload the page, then try again.', 'slashimage' ),
						],
						help: 'reload',
					} }
					links={ props.links }
				/>
			) }
		</section>
	);
}

// By itself only where a person needs it now, and never closed by itself.
function useOpen( { state }: Connection ) {
	const opened = useState( state === 'reconnect' );
	const [ , setOpen ] = opened;
	useEffect( () => {
		if ( state === 'reconnect' ) {
			setOpen( true );
		}
	}, [ state, setOpen ] );
	return opened;
}

// Where src/doctor leaves itself.
const loaded = () => ( window as { slashimageDoctor?: ComponentType< DoctorProps > } ).slashimageDoctor;

function useBody( wanted: boolean, { script, style }: AdminPage[ 'doctor' ] ): Body {
	const [ body, setBody ] = useState< { Doctor: Body } >( { Doctor: loaded() ?? 'loading' } );
	useEffect( () => {
		let here = wanted && ! loaded();
		const show = ( Doctor: Body ) => here && setBody( { Doctor } );
		if ( here ) {
			loadStyle( style );
			loadScript( script ).then(
				() => show( loaded() ?? 'failed' ),
				() => show( 'failed' )
			);
		}
		return () => {
			here = false;
		};
	}, [ wanted, script, style ] );
	return body.Doctor;
}
