import { hostNameOf } from './domains.ts';
import type { Service } from './server.ts';
import type { Store, StoredKey } from './store.ts';

export type AccountMethods = Pick<
	Service,
	'issueKey' | 'regenerate' | 'deleteKey' | 'setDomains' | 'setBlocked' | 'setCredits' | 'setPlan'
>;

/** Takes the account; returns what a test does to it. All of it has happened when they return. */
export function accountMethods( store: Store ): AccountMethods {
	return {
		issueKey( { kind = 'sub', domains = [], blocked = [], cap = null } = {} ) {
			return store.add( kind, {
				domains: hostNames( domains ),
				blocked: hostNames( blocked ),
				cap,
			} );
		},
		regenerate: () => store.regenerate(),
		deleteKey: ( key ) => store.remove( existing( store, key ).id ),
		setDomains( key, domains ) {
			store.save( existing( store, key ).id, { domains: hostNames( domains ) } );
		},
		setBlocked( key, domains ) {
			store.save( existing( store, key ).id, { blocked: hostNames( domains ) } );
		},
		setCredits: ( credits ) => store.saveAccount( { ...store.account(), ...credits } ),
		setPlan: ( plan ) => store.saveAccount( { ...store.account(), isFree: plan === 'free' } ),
	};
}

function existing( store: Store, key: string ): StoredKey {
	const found = store.find( key );
	if ( found === null ) {
		throw new Error( 'There is no such key.' );
	}
	return found;
}

/** What isn't a domain is kept as written and matches nothing: a key locked to a typing error. */
function hostNames( list: readonly string[] ): string[] {
	return list.map( ( text ) => hostNameOf( text ) ?? text );
}
