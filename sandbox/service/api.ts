import type { IncomingMessage } from 'node:http';
import { Room, readBody } from './body.ts';
import type { Contents } from './contents.ts';
import { domainOfOrigin, domainRefusal } from './domains.ts';
import { codelessAnswer, errorAnswer } from './errors.ts';
import type { Answer } from './errors.ts';
import { spoil } from './fault-answers.ts';
import type { ActiveFault } from './faults.ts';
import { formatOf } from './format.ts';
import { bearerKey } from './keys.ts';
import { optimize } from './optimize.ts';
import { optimizedAnswer, planAnswer } from './success.ts';
import type { Account, Store, StoredKey } from './store.ts';
import { parseUpload } from './upload.ts';
import type { Choices } from './upload.ts';

const MB = 1024 * 1024;
const LARGEST_FILE = 100 * MB;
const LARGEST_FILE_ON_FREE = 3 * MB;
/** What a multipart body may have besides the file: fields, part headers, boundaries. */
const AROUND_THE_FILE = 64 * 1024;
const BUSY_SECONDS = 5;
const CAP_SECONDS = 60;

/** Takes a request; returns the service's answer to it. */
export type Api = ( request: IncomingMessage, active: ActiveFault ) => Promise< Answer >;

/** Takes the account, and where the files that come are noted; returns the API over them. */
export function createApi( store: Store, contents: Contents ): Api {
	// Two of the largest files at a time: each is held several times over while it is parsed and read.
	const room = new Room( 2 * ( LARGEST_FILE + AROUND_THE_FILE ) );
	return async ( request, active ) => {
		const [ path = '' ] = ( request.url ?? '' ).split( '?' );
		const [ method, handler ] = routeOf( path );
		if ( handler === null ) {
			return codelessAnswer( 404, 'There is nothing at this address.' );
		}
		if ( request.method !== method ) {
			return codelessAnswer( 405, `Use ${ method }.`, { allow: method } );
		}
		const key = store.find( bearerKey( request.headers.authorization ) ?? '' );
		return key === null ? errorAnswer( 'invalid_key' ) : handler( { request, active, store, contents, room, key } );
	};
}

interface Call {
	request: IncomingMessage;
	active: ActiveFault;
	store: Store;
	contents: Contents;
	room: Room;
	key: StoredKey;
}

type Handler = ( call: Call ) => Promise< Answer >;

function routeOf( path: string ): [ method: string, handler: Handler | null ] {
	switch ( path ) {
		case '/v1/keys/me':
			return [ 'GET', async ( { store } ) => planAnswer( store.account() ) ];
		case '/v1/optimize':
			return [ 'POST', answerOptimize ];
		default:
			return [ '', null ];
	}
}

async function answerOptimize( call: Call ): Promise< Answer > {
	const { request, key, room, store } = call;
	const refusal = domainRefusal( key, domainOfOrigin( request.headers.origin ) );
	if ( refusal !== null ) {
		return errorAnswer( refusal );
	}
	const account = store.account();
	const body = await readBody( request, largestFile( account ) + AROUND_THE_FILE, room );
	if ( body.kind === 'no_room' ) {
		return errorAnswer( 'service_busy', BUSY_SECONDS );
	}
	if ( body.kind === 'too_large' ) {
		return tooLarge( account );
	}
	try {
		return await answerUpload( call, account, body.bytes );
	} finally {
		room.give( body.bytes.length );
	}
}

async function answerUpload( call: Call, account: Account, body: Buffer< ArrayBuffer > ): Promise< Answer > {
	const upload = await parseUpload( body, call.request.headers[ 'content-type' ] );
	if ( upload.kind === 'refused' ) {
		return errorAnswer( upload.code );
	}
	if ( upload.image.size > largestFile( account ) ) {
		return tooLarge( account );
	}
	const bytes = Buffer.from( await upload.image.arrayBuffer() );
	if ( formatOf( bytes ) === null ) {
		return errorAnswer( bytes.length === 0 ? 'not_processable_format' : 'unsupported_format' );
	}
	const refused = call.contents.refusal( bytes );
	const answer = refused === null ? await answerImage( call, bytes, upload.choices ) : errorAnswer( refused );
	return { ...answer, sent: call.contents.note( bytes, answer.status ) };
}

/** The credit is taken before the work, or files sent side by side would share the last one. */
async function answerImage( { store, key, active }: Call, bytes: Buffer, choices: Choices ): Promise< Answer > {
	const refusal = store.charge( key.id );
	if ( refusal !== null ) {
		return errorAnswer( refusal, refusal === 'credit_limit_reached' ? CAP_SECONDS : undefined );
	}
	const outcome = await optimize( bytes, choices );
	if ( outcome.kind === 'refused' ) {
		store.refund( key.id );
		return errorAnswer( outcome.code );
	}
	return optimizedAnswer( outcome.result, await spoil( outcome.result, active ), store.account() );
}

function largestFile( account: Account ): number {
	return account.isFree ? LARGEST_FILE_ON_FREE : LARGEST_FILE;
}

function tooLarge( account: Account ): Answer {
	return errorAnswer( account.isFree ? 'size_exceeded_for_plan' : 'size_exceeded_server' );
}
