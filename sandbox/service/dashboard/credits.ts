import type { Account } from '../store.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

/** Takes the account; returns the section that shows and sets its plan. */
export function creditsSection( { limit, used, isFree }: Account ): Html {
	const left = limit === null ? 'Unlimited' : `${ Math.max( 0, limit - used ) } of ${ limit }`;
	return html`<section aria-labelledby="credits-title">
		<h2 id="credits-title">Credits</h2>
		<p class="amount"><strong>${ left }</strong> images left this month</p>
		${
			limit !== null &&
			html`<progress aria-label="Images used" max="${ Math.max( 1, limit ) }" value="${ used }"></progress>`
		}
		<form method="post" action="/dashboard/credits">
			<div class="fields">
				<p class="field">
					<label for="limit">Images a month</label>
					<input id="limit" name="limit" type="number" min="0" value="${ limit ?? '' }" />
				</p>
				<p class="field">
					<label for="used">Used this month</label>
					<input id="used" name="used" type="number" min="0" value="${ used }" required />
				</p>
			</div>
			<p class="check">
				<input id="unlimited" name="unlimited" type="checkbox" ${ limit === null && html`checked` } />
				<label for="unlimited">Unlimited images</label>
			</p>
			<p class="check">
				<input id="free" name="free" type="checkbox" ${ isFree && html`checked` } />
				<label for="free">Free plan: files up to 3 MB</label>
			</p>
			<button>Save plan</button>
		</form>
	</section>`;
}
