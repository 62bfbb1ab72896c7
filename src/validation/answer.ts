import { rules, type Endpoint } from './answer-rules.ts';
import type { OutcomeCode } from './outcomes.ts';

/** What came back, or did not, before anyone has decided what it means. `status` 0: no answer at all. */
export interface Answer {
	endpoint: Endpoint;
	status: number;
	body: string;
}

export type BodyKind = 'success' | 'envelope' | 'other';

/**
 * Says what an answer of the service means: exactly one outcome for every status and body, the first row of the rules
 * that fits. Only the documented refusals, a 401 in the service's own envelope, can lead to "reconnect needed".
 * Forced by a captive portal's page being taken for "connected" and a firewall's 403 for "refused".
 */
export function readAnswer( answer: Answer ): OutcomeCode {
	const { kind, code } = readBody( answer );
	const rule = rules.find(
		( { endpoint, status, body, code: wanted } ) =>
			( ! endpoint || endpoint === answer.endpoint ) &&
			( ! status || ( answer.status >= status[ 0 ] && answer.status <= status[ 1 ] ) ) &&
			( ! body || body === kind ) &&
			( ! wanted || wanted === code )
	);
	return rule?.outcome ?? 'unexpected';
}

function readBody( { endpoint, body }: Answer ): { kind: BodyKind; code: string } {
	const json = parse( body );
	if ( json[ 'success' ] === true ) {
		return { kind: endpoint !== 'optimize' || hasImage( json ) ? 'success' : 'other', code: '' };
	}
	if ( json[ 'success' ] === false && typeof json[ 'error' ] === 'string' ) {
		return { kind: 'envelope', code: typeof json[ 'code' ] === 'string' ? json[ 'code' ] : '' };
	}
	return { kind: 'other', code: '' };
}

function hasImage( json: Record< string, unknown > ): boolean {
	const data = record( record( json[ 'optimized' ] )[ 'original_format' ] )[ 'data' ];
	return typeof data === 'string' && data !== '';
}

function parse( body: string ): Record< string, unknown > {
	try {
		return record( JSON.parse( body ) );
	} catch {
		return {};
	}
}

function record( value: unknown ): Record< string, unknown > {
	return typeof value === 'object' && value !== null && ! Array.isArray( value )
		? ( value as Record< string, unknown > )
		: {};
}
