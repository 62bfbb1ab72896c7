import { expect, it } from 'vitest';
import {
	buttons,
	fieldSentences,
	imageSentences,
	noticeLink,
	noticeSentences,
	pills,
} from '../../src/validation/sentences.ts';

it( 'says what the documentation quotes, word for word', () => {
	expect( pills ).toEqual( {
		connected: 'Connected',
		reconnect: 'Reconnect needed',
		disconnected: 'Not configured',
		unchecked: 'Not checked yet',
	} );
	expect( buttons ).toEqual( { reconnect: 'Reconnect', connect: 'Connect' } );
	expect( noticeSentences.key_refused ).toBe(
		'Your API key is invalid or was revoked. Optimizing is paused - reconnect in SlashImage settings.'
	);
	expect( imageSentences ).toEqual( {
		paused: 'Paused - reconnect your API key',
		refused: 'API key is invalid or has been revoked.',
	} );
	expect( fieldSentences ).toEqual( {
		malformed: 'API key format is invalid. Keys look like sk_live_… or sk_sub_… and are 48 hex characters long.',
		refused: 'Key was rejected by the API. Double-check that you copied the entire key.',
		unreachable: "Could not reach the API. Check your server's outbound network access.",
	} );
} );

it( 'has the link in every notice that leads to the settings', () => {
	for ( const sentence of Object.values( noticeSentences ) ) {
		expect( sentence ).toContain( noticeLink );
	}
} );
