import { hostNameOf } from '../domains.ts';
import { activeFault, isFault } from '../faults.ts';
import type { FaultSwitch } from '../fault-switch.ts';
import type { Store } from '../store.ts';

/** What a form did, or why it did nothing; the page has a sentence for each. */
export type Outcome = keyof typeof SENTENCES;

export const SENTENCES = {
	regenerated: 'The new master key works from now on. The old one is refused.',
	created: 'The sub-key was created.',
	saved: 'The key’s settings were saved.',
	deleted: 'The sub-key was deleted. It is refused from now on.',
	credits: 'The plan was saved.',
	fault: 'The service behaves as chosen from now on.',
	not_a_domain: 'Nothing was saved: write each domain like example.com, separated by commas.',
	not_a_number: 'Nothing was saved: use whole numbers from 0 up.',
	no_such_key: 'Nothing was done: this key no longer exists.',
	no_such_fault: 'Nothing was done: choose one of the faults.',
} as const;

export const PROBLEMS: readonly Outcome[] = [ 'not_a_domain', 'not_a_number', 'no_such_key', 'no_such_fault' ];

export interface Controls {
	store: Store;
	faults: FaultSwitch;
}

export type Action = ( controls: Controls, form: URLSearchParams ) => Outcome;

/** Every form of the dashboard, by the path it is posted to. */
export const ACTIONS: Record< string, Action > = {
	'/dashboard/regenerate'( { store } ) {
		store.regenerate();
		return 'regenerated';
	},
	'/dashboard/keys/create'( { store }, form ) {
		const settings = keySettings( form );
		if ( typeof settings === 'string' ) {
			return settings;
		}
		store.add( 'sub', settings );
		return 'created';
	},
	'/dashboard/keys/save'( { store }, form ) {
		const id = keyId( store, form );
		const settings = keySettings( form );
		if ( id === null ) {
			return 'no_such_key';
		}
		if ( typeof settings === 'string' ) {
			return settings;
		}
		store.save( id, settings );
		return 'saved';
	},
	'/dashboard/keys/delete'( { store }, form ) {
		const id = keyId( store, form );
		// The master key has no Delete button; a form that asks for it anyway is out of date.
		if ( id === null || id === store.master().id ) {
			return 'no_such_key';
		}
		store.remove( id );
		return 'deleted';
	},
	'/dashboard/credits'( { store }, form ) {
		const limit = form.has( 'unlimited' ) ? null : wholeNumber( form, 'limit' );
		const used = wholeNumber( form, 'used' );
		if ( limit === undefined || used === undefined ) {
			return 'not_a_number';
		}
		store.saveAccount( { limit, used, isFree: form.has( 'free' ) } );
		return 'credits';
	},
	'/dashboard/fault'( { faults }, form ) {
		const fault = form.get( 'fault' ) ?? '';
		const seconds = wholeNumber( form, 'delay' ) ?? 20;
		const retryAfter = wholeNumber( form, 'retry_after' ) ?? 30;
		if ( ! isFault( fault ) ) {
			return 'no_such_fault';
		}
		faults.set( activeFault( fault, { delayMs: Math.min( seconds, 600 ) * 1000, retryAfter } ) );
		return 'fault';
	},
};

type Settings = { domains: string[]; blocked: string[]; cap: number | null };

function keySettings( form: URLSearchParams ): Settings | Outcome {
	const domains = domainList( form, 'domains' );
	const blocked = domainList( form, 'blocked' );
	const cap = ( form.get( 'cap' ) ?? '' ) === '' ? null : wholeNumber( form, 'cap' );
	if ( domains === null || blocked === null ) {
		return 'not_a_domain';
	}
	return cap === undefined ? 'not_a_number' : { domains, blocked, cap };
}

function domainList( form: URLSearchParams, field: string ): string[] | null {
	const written = ( form.get( field ) ?? '' ).split( /[\s,;]+/ ).filter( ( text ) => text !== '' );
	const hosts = written.map( hostNameOf ).filter( ( host ) => host !== null );
	return hosts.length === written.length ? hosts : null;
}

function keyId( store: Store, form: URLSearchParams ): number | null {
	return store.findById( wholeNumber( form, 'id' ) ?? 0 )?.id ?? null;
}

function wholeNumber( form: URLSearchParams, field: string ): number | undefined {
	const text = ( form.get( field ) ?? '' ).trim();
	return /^\d{1,9}$/.test( text ) ? Number( text ) : undefined;
}
