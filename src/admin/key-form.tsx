import { speak } from '@wordpress/a11y';
import { Button, TextControl } from '@wordpress/components';
import { useEffect, useId, useRef, type FormEvent } from 'react';
import { __ } from '@wordpress/i18n';
import type { Links } from './help-link.tsx';
import { MessageView, Progress } from './message-view.tsx';
import { problemMessage, readingMessage, type Message } from './messages.ts';
import type { Timing } from './timing.ts';
import type { ConnectionScreen, Snapshot } from './use-connection.ts';
import { useKeyField, type KeyField } from './use-key-field.ts';

/** What the field needs to know and may do, on whichever screen it is. */
interface FormScreen extends Pick< ConnectionScreen, 'attempt' | 'connect' | 'cancel' | 'clear' > {
	snapshot: Pick< Snapshot, 'connection' >;
}

interface Props {
	screen: FormScreen;
	links: Links;
	timing: Timing;
	button: string;
	/** Whether the field takes the focus when it appears: only where a person asked for it. */
	focus: boolean;
	/** Puts the field away; absent where there is nothing behind it. */
	onClose?: () => void;
}

// A key is no password of this site's: nothing should store it, correct it or send it to be spell-checked.
const quiet = {
	autoComplete: 'off',
	autoCapitalize: 'none',
	autoCorrect: 'off',
	spellCheck: false,
	dir: 'ltr',
	'data-1p-ignore': 'true',
	'data-bwignore': 'true',
	'data-lpignore': 'true',
	'data-form-type': 'other',
} as const;

/** The key field, its button, and under them what is known about the key. */
export function KeyForm( { screen, links, timing, button, focus, onClose }: Props ) {
	const field = useKeyField( timing.settle );
	const input = useRef< HTMLInputElement >( null );
	const messageId = useId();
	const { attempt } = screen;
	const busy = attempt.tag === 'busy' && attempt.action === 'connect';
	const message = busy ? null : messageOf( screen, field );
	useFocus( input, focus, attempt.tag === 'failed' && attempt.action === 'connect' );
	useSpoken( field );

	const submit = ( event: FormEvent ) => {
		event.preventDefault();
		const key = busy ? null : field.submit();
		if ( key ) {
			screen.connect( key );
		} else {
			input.current?.focus();
		}
	};
	const change = ( text: string ) => {
		field.change( text );
		screen.clear();
	};
	return (
		<form className="slashimage-form" onSubmit={ submit } noValidate>
			<div className="slashimage-form__row">
				<TextControl
					{ ...quiet }
					ref={ input }
					className="slashimage-key"
					label={ __( 'API key', 'slashimage' ) }
					value={ field.text }
					onChange={ change }
					onKeyDown={ ( event ) => event.key === 'Escape' && ! busy && onClose?.() }
					placeholder="sk_live_…"
					readOnly={ busy }
					aria-invalid={ message?.tone === 'error' }
					aria-describedby={ messageId }
					__next40pxDefaultSize
					__nextHasNoMarginBottom
				/>
				<Button
					variant="primary"
					type="submit"
					isBusy={ busy }
					disabled={ busy }
					accessibleWhenDisabled
					__next40pxDefaultSize
				>
					{ button }
				</Button>
				{ onClose && ! busy && (
					<Button variant="tertiary" onClick={ onClose } __next40pxDefaultSize>
						{ __( 'Cancel', 'slashimage' ) }
					</Button>
				) }
			</div>
			<div id={ messageId }>
				{ busy && <Progress onCancel={ screen.cancel } /> }
				{ message && <MessageView message={ message } links={ links } /> }
			</div>
		</form>
	);
}

function messageOf( { attempt, snapshot }: FormScreen, { reading }: KeyField ): Message | null {
	if ( attempt.tag === 'failed' && attempt.action === 'connect' ) {
		return problemMessage( attempt.problem, snapshot.connection );
	}
	return reading && readingMessage( reading );
}

function useFocus( input: { current: HTMLInputElement | null }, onMount: boolean, onFailure: boolean ): void {
	const first = useRef( onMount );
	useEffect( () => {
		if ( first.current || onFailure ) {
			input.current?.focus();
		}
		first.current = false;
	}, [ input, onFailure ] );
}

function useSpoken( { reading }: KeyField ): void {
	useEffect( () => {
		if ( reading ) {
			speak( readingMessage( reading ).lines.join( ' ' ) );
		}
	}, [ reading ] );
}
