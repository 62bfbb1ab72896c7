import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { DomainRules } from './domains.ts';
import type { ErrorCode } from './errors.ts';
import { createKey } from './keys.ts';
import type { KeyKind } from './keys.ts';
import { prepareTables } from './tables.ts';

export interface StoredKey extends DomainRules {
	id: number;
	key: string;
	kind: KeyKind;
	isMaster: boolean;
	cap: number | null;
	used: number;
}

export interface Account {
	limit: number | null;
	used: number;
	isFree: boolean;
}

export interface KeySettings {
	domains?: readonly string[];
	blocked?: readonly string[];
	cap?: number | null;
}

type Row = Record< string, unknown >;

/**
 * The account: its keys and its credits, in one SQLite file. Every method is one statement or one
 * transaction, so requests handled side by side can't spend the same credit twice.
 */
export class Store {
	readonly #db: DatabaseSync;

	/** Takes a file name or `:memory:`; an empty database gets a master key and a plan. */
	constructor( file: string ) {
		if ( file !== ':memory:' ) {
			mkdirSync( dirname( file ), { recursive: true } );
		}
		this.#db = new DatabaseSync( file, { timeout: 5000 } );
		this.#transaction( () => {
			prepareTables( this.#db );
			if ( this.#get( 'SELECT id FROM api_keys WHERE is_master = 1' ) === undefined ) {
				this.#addRow( 'live', 1, {} );
			}
		} );
	}

	account(): Account {
		const row = this.#get( 'SELECT monthly_limit, used, is_free FROM account' ) ?? {};
		return {
			limit: numberOrNull( row[ 'monthly_limit' ] ),
			used: Number( row[ 'used' ] ),
			isFree: row[ 'is_free' ] === 1,
		};
	}

	saveAccount( account: Account ): void {
		this.#run(
			'UPDATE account SET monthly_limit = ?, used = ?, is_free = ?',
			account.limit,
			account.used,
			account.isFree ? 1 : 0
		);
	}

	/** Returns all keys, the master key first, then the newest. */
	keys(): StoredKey[] {
		const rows = this.#db.prepare( 'SELECT * FROM api_keys ORDER BY is_master DESC, id DESC' );
		return rows.all().map( ( row ) => this.#keyFrom( row ) );
	}

	master(): StoredKey {
		const row = this.#get( 'SELECT * FROM api_keys WHERE is_master = 1' );
		if ( row === undefined ) {
			throw new Error( 'The database has no master key.' );
		}
		return this.#keyFrom( row );
	}

	find( key: string ): StoredKey | null {
		const row = this.#get( 'SELECT * FROM api_keys WHERE api_key = ?', key );
		return row === undefined ? null : this.#keyFrom( row );
	}

	findById( id: number ): StoredKey | null {
		const row = this.#get( 'SELECT * FROM api_keys WHERE id = ?', id );
		return row === undefined ? null : this.#keyFrom( row );
	}

	add( kind: KeyKind, settings: KeySettings ): string {
		return this.#transaction( () => this.#addRow( kind, 0, settings ) );
	}

	/** Returns the new master key; the old one is gone, its domain lists stay. */
	regenerate(): string {
		const key = createKey( 'live' );
		this.#run( 'UPDATE api_keys SET api_key = ? WHERE is_master = 1', key );
		return key;
	}

	/** Takes a key's id; an account always has a master key, so that one is replaced instead. */
	remove( id: number ): void {
		if ( id === this.master().id ) {
			this.regenerate();
		} else {
			this.#run( 'DELETE FROM api_keys WHERE id = ?', id );
		}
	}

	/** Takes a key's id and the settings to change; those left out stay as they are. */
	save( id: number, settings: KeySettings ): void {
		this.#transaction( () => this.#saveSettings( id, settings ) );
	}

	/**
	 * Takes a key's id; spends one credit of the account and of the key, or returns why it can't.
	 * The key is looked up again: it may have been deleted while the file was on its way.
	 */
	charge( id: number ): ErrorCode | null {
		return this.#transaction( () => {
			const key = this.findById( id );
			const account = this.account();
			if ( key === null ) {
				return 'invalid_key';
			}
			if ( account.limit !== null && account.used >= account.limit ) {
				return 'monthly_limit_reached';
			}
			if ( key.cap !== null && key.used >= key.cap ) {
				return 'credit_limit_reached';
			}
			this.#spend( id, 1 );
			return null;
		} );
	}

	/** Takes a key's id; gives the credit of a file that could not be read back. */
	refund( id: number ): void {
		this.#transaction( () => this.#spend( id, -1 ) );
	}

	/** May be called twice, as a test that closes its service early does. */
	close(): void {
		if ( this.#db.isOpen ) {
			this.#db.close();
		}
	}

	#spend( id: number, credits: number ): void {
		this.#run( 'UPDATE account SET used = max(0, used + ?)', credits );
		this.#run( 'UPDATE api_keys SET used = max(0, used + ?) WHERE id = ?', credits, id );
	}

	#addRow( kind: KeyKind, isMaster: number, settings: KeySettings ): string {
		const key = createKey( kind );
		const insert = 'INSERT INTO api_keys (api_key, kind, is_master) VALUES (?, ?, ?)';
		const { lastInsertRowid } = this.#db.prepare( insert ).run( key, kind, isMaster );
		this.#saveSettings( Number( lastInsertRowid ), settings );
		return key;
	}

	#saveSettings( id: number, settings: KeySettings ): void {
		if ( settings.cap !== undefined ) {
			this.#run( 'UPDATE api_keys SET cap = ? WHERE id = ?', settings.cap, id );
		}
		this.#saveList( id, 'allow', settings.domains );
		this.#saveList( id, 'block', settings.blocked );
	}

	#saveList( id: number, rule: 'allow' | 'block', list: readonly string[] | undefined ): void {
		if ( list === undefined ) {
			return;
		}
		this.#run( 'DELETE FROM key_domains WHERE key_id = ? AND rule = ?', id, rule );
		for ( const domain of new Set( list ) ) {
			this.#run( 'INSERT INTO key_domains VALUES (?, ?, ?)', id, rule, domain );
		}
	}

	#list( id: number, rule: 'allow' | 'block' ): string[] {
		const select = 'SELECT domain FROM key_domains WHERE key_id = ? AND rule = ? ORDER BY rowid';
		return this.#db
			.prepare( select )
			.all( id, rule )
			.map( ( row ) => String( row[ 'domain' ] ) );
	}

	#keyFrom( row: Row ): StoredKey {
		const id = Number( row[ 'id' ] );
		return {
			id,
			key: String( row[ 'api_key' ] ),
			kind: row[ 'kind' ] === 'live' ? 'live' : 'sub',
			isMaster: row[ 'is_master' ] === 1,
			cap: numberOrNull( row[ 'cap' ] ),
			used: Number( row[ 'used' ] ),
			domains: this.#list( id, 'allow' ),
			blocked: this.#list( id, 'block' ),
		};
	}

	#get( sql: string, ...values: ( string | number )[] ): Row | undefined {
		return this.#db.prepare( sql ).get( ...values );
	}

	#run( sql: string, ...values: ( string | number | null )[] ): void {
		this.#db.prepare( sql ).run( ...values );
	}

	#transaction< T >( work: () => T ): T {
		this.#db.exec( 'BEGIN IMMEDIATE' );
		try {
			const result = work();
			this.#db.exec( 'COMMIT' );
			return result;
		} catch ( error ) {
			this.#db.exec( 'ROLLBACK' );
			throw error;
		}
	}
}

function numberOrNull( value: unknown ): number | null {
	return value === null ? null : Number( value );
}
