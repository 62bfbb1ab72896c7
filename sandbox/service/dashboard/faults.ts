import { FAULTS } from '../faults.ts';
import type { ActiveFault, Fault } from '../faults.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

/** Takes the fault that is on; returns the section that shows and sets it. */
export function faultsSection( active: ActiveFault ): Html {
	const faults = Object.keys( FAULTS ) as Fault[];
	return html`<section class="wide" aria-labelledby="faults-title">
		<h2 id="faults-title">Faults</h2>
		<p class="hint">Make the API misbehave, to see what a site makes of it.</p>
		<form method="post" action="/dashboard/fault">
			<fieldset>
				<legend class="unseen">How the API behaves</legend>
				<div class="choices">${ faults.map( ( fault ) => choice( fault, fault === active.fault ) ) }</div>
			</fieldset>
			<div class="fields">
				<p class="field">
					<label for="delay">Delay of “Slow”, in seconds</label>
					<input
						id="delay"
						name="delay"
						type="number"
						min="0"
						max="600"
						value="${ Math.ceil( active.delayMs / 1000 ) }"
						required
					/>
				</p>
				<p class="field">
					<label for="retry_after">Retry-After, in seconds</label>
					<input
						id="retry_after"
						name="retry_after"
						type="number"
						min="0"
						value="${ active.retryAfter }"
						required
					/>
				</p>
			</div>
			<button>Apply</button>
		</form>
	</section>`;
}

function choice( fault: Fault, isOn: boolean ): Html {
	const [ name, explanation ] = FAULTS[ fault ];
	const id = `fault-${ fault }`;
	return html`<div class="choice">
		<input
			type="radio"
			name="fault"
			id="${ id }"
			value="${ fault }"
			aria-describedby="${ id }-hint"
			${ isOn && html`checked` }
		/>
		<label for="${ id }">${ name }</label>
		<span class="hint" id="${ id }-hint">${ explanation }</span>
	</div>`;
}
