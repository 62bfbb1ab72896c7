import { maskKeys } from '../keys.ts';
import type { StoredKey } from '../store.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

/** Takes all keys, the master key first; returns the sections of the master key and the others. */
export function keySections( keys: readonly StoredKey[] ): Html {
	const master = keys.find( ( key ) => key.isMaster );
	const others = keys.filter( ( key ) => ! key.isMaster );
	return html`${ master !== undefined && masterSection( master ) }
		<section aria-labelledby="subkeys-title">
			<h2 id="subkeys-title">Sub-keys</h2>
			<p class="hint">One for each site or client. Deleting one leaves the others working.</p>
			${ others.length === 0 && html`<p class="none">There are no sub-keys yet.</p>` }
			<ul class="keys">
				${ others.map( subKey ) }
			</ul>
			${ createForm() }
		</section>`;
}

function masterSection( key: StoredKey ): Html {
	return html`<section aria-labelledby="master-title">
		<h2 id="master-title">Master key</h2>
		<p class="hint">Paste it into Media › SlashImage on your WordPress site.</p>
		${ keyLine( key, 'master key' ) }
		<div class="actions">
			${ ask( {
				id: 'ask-regenerate',
				button: 'Regenerate…',
				about: '',
				title: 'Regenerate the master key?',
				text: 'The key above stops working at once, on every site that uses it.',
				action: '/dashboard/regenerate',
				confirm: 'Regenerate key',
				key,
			} ) }
		</div>
		${ settings( key ) }
	</section>`;
}

function subKey( key: StoredKey ): Html {
	const used = key.cap === null ? `${ key.used } images used` : `${ key.used } of ${ key.cap } images used`;
	const name = `key ending in ${ key.key.slice( -4 ) }`;
	return html`<li>
		${ keyLine( key, name ) }
		<div class="actions">
			<span class="facts">${ used } · ${ domainsFact( key ) }</span>
			${ ask( {
				id: `ask-delete-${ key.id }`,
				button: 'Delete…',
				about: name,
				title: 'Delete this key?',
				text: `${ maskKeys( key.key ) } stops working at once, on every site that uses it.`,
				action: '/dashboard/keys/delete',
				confirm: 'Delete key',
				key,
			} ) }
		</div>
		${ settings( key ) }
	</li>`;
}

function keyLine( key: StoredKey, name: string ): Html {
	return html`<div class="key">
		<code id="key-${ key.id }">${ key.key }</code>
		<button type="button" data-copy="key-${ key.id }">
			<span>Copy</span><span class="unseen"> ${ name }</span>
		</button>
	</div>`;
}

function domainsFact( { domains, blocked }: StoredKey ): string {
	const allowed = domains.length === 0 ? 'any domain' : `only ${ domains.join( ', ' ) }`;
	return blocked.length === 0 ? allowed : `${ allowed }, not ${ blocked.join( ', ' ) }`;
}

interface Question {
	id: string;
	button: string;
	/** Said by screen readers after the button's words: which of many keys it is for. */
	about: string;
	title: string;
	text: string;
	action: string;
	confirm: string;
	key: StoredKey;
}

/** A popover needs no script, closes with Escape and gives the focus back. */
function ask( { id, button, about, title, text, action, confirm, key }: Question ): Html {
	return html`<button type="button" class="danger" popovertarget="${ id }">
			${ button }<span class="unseen"> ${ about }</span>
		</button>
		<div class="dialog" id="${ id }" popover role="dialog" aria-labelledby="${ id }-title">
			<h3 id="${ id }-title">${ title }</h3>
			<p>${ text }</p>
			<form method="post" action="${ action }">
				<input type="hidden" name="id" value="${ key.id }" />
				<button type="button" popovertarget="${ id }" popovertargetaction="hide" autofocus>Cancel</button>
				<button class="primary danger">${ confirm }</button>
			</form>
		</div>`;
}

function settings( key: StoredKey ): Html {
	return html`<details>
		<summary>Limit to domains${ ! key.isMaster && html` and credits` }</summary>
		<form method="post" action="/dashboard/keys/save">
			<input type="hidden" name="id" value="${ key.id }" />
			${ fields( `key-${ key.id }`, key ) }
			<button>Save</button>
		</form>
	</details>`;
}

function createForm(): Html {
	return html`<details class="create">
		<summary>Create a sub-key</summary>
		<form method="post" action="/dashboard/keys/create">
			${ fields( 'new', { domains: [], blocked: [], cap: null, isMaster: false } ) }
			<button class="primary">Create sub-key</button>
		</form>
	</details>`;
}

function fields( id: string, key: Pick< StoredKey, 'domains' | 'blocked' | 'cap' | 'isMaster' > ): Html {
	return html`<div class="fields">
		${ domainField( `${ id }-domains`, 'domains', 'Allowed domains', 'Empty: any domain.', key.domains ) }
		${ domainField( `${ id }-blocked`, 'blocked', 'Blocked domains', 'Empty: none.', key.blocked ) }
		${
			! key.isMaster &&
			html`<p class="field">
				<label for="${ id }-cap">Credit cap</label>
				<input
					id="${ id }-cap"
					name="cap"
					type="number"
					min="0"
					value="${ key.cap ?? '' }"
					aria-describedby="${ id }-cap-hint"
				/>
				<span class="hint" id="${ id }-cap-hint">Empty: no cap.</span>
			</p>`
		}
	</div>`;
}

function domainField( id: string, name: string, label: string, hint: string, domains: readonly string[] ): Html {
	return html`<p class="field">
		<label for="${ id }">${ label }</label>
		<input
			id="${ id }"
			name="${ name }"
			value="${ domains.join( ', ' ) }"
			placeholder="example.com, example.org"
			autocomplete="off"
			spellcheck="false"
			aria-describedby="${ id }-hint"
		/>
		<span class="hint" id="${ id }-hint">${ hint }</span>
	</p>`;
}
