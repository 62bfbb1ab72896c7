import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { FAULTS } from '../faults.ts';
import type { ActiveFault } from '../faults.ts';
import type { RecordedRequest } from '../record.ts';
import type { Account, StoredKey } from '../store.ts';
import { PROBLEMS, SENTENCES } from './actions.ts';
import type { Outcome } from './actions.ts';
import { COPY_SCRIPT } from './copy-script.ts';
import { creditsSection } from './credits.ts';
import { faultsSection } from './faults.ts';
import { html, trusted } from './html.ts';
import type { Html } from './html.ts';
import { keySections } from './keys.ts';
import { requestsSection } from './requests.ts';

export interface PageData {
	apiUrl: string;
	keys: readonly StoredKey[];
	account: Account;
	active: ActiveFault;
	/** The newest first. */
	requests: readonly RecordedRequest[];
	outcome: Outcome | null;
}

const STYLE = readFileSync( new URL( './style.css', import.meta.url ), 'utf8' );

/** Made here, not in the page's template: a space more or less and the policy's hashes are wrong. */
const STYLE_TAG = trusted( `<style>${ STYLE }</style>` );
const SCRIPT_TAG = trusted( `<script>${ COPY_SCRIPT }</script>` );

/** Only our own style and script run: a second lock behind the escaping. */
export const PAGE_POLICY = {
	'content-security-policy': [
		"default-src 'none'",
		`style-src '${ hashOf( STYLE ) }'`,
		`script-src '${ hashOf( COPY_SCRIPT ) }'`,
		"form-action 'self'",
		"frame-ancestors 'none'",
		"base-uri 'none'",
	].join( '; ' ),
};

/** Takes everything the dashboard shows; returns the page. */
export function renderPage( data: PageData ): Html {
	return html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<title>SlashImage dashboard</title>
				${ STYLE_TAG }
			</head>
			<body>
				${ header( data.apiUrl ) }
				<main>
					<h1>Dashboard</h1>
					${ outcomeMessage( data.outcome ) } ${ faultBanner( data.active ) } ${ keySections( data.keys ) }
					${ creditsSection( data.account ) } ${ faultsSection( data.active ) }
					${ requestsSection( data.requests ) }
				</main>
				<p class="unseen" role="status" id="copy-status"></p>
				${ SCRIPT_TAG }
			</body>
		</html>`;
}

function header( apiUrl: string ): Html {
	return html`<header class="top">
		<p class="brand"><span class="mark" aria-hidden="true">/</span>SlashImage</p>
		<p class="address">API address <code>${ apiUrl }</code></p>
	</header>`;
}

function outcomeMessage( outcome: Outcome | null ): Html | null {
	if ( outcome === null ) {
		return null;
	}
	return PROBLEMS.includes( outcome )
		? html`<p class="message problem" role="alert">${ SENTENCES[ outcome ] }</p>`
		: html`<p class="message" role="status">${ SENTENCES[ outcome ] }</p>`;
}

function faultBanner( { fault }: ActiveFault ): Html | null {
	if ( fault === 'none' ) {
		return null;
	}
	const [ name, explanation ] = FAULTS[ fault ];
	return html`<form class="banner" method="post" action="/dashboard/fault">
		<input type="hidden" name="fault" value="none" />
		<p><strong>Fault on: ${ name }.</strong> ${ explanation }</p>
		<button>Switch off</button>
	</form>`;
}

function hashOf( text: string ): string {
	return `sha256-${ createHash( 'sha256' ).update( text ).digest( 'base64' ) }`;
}
