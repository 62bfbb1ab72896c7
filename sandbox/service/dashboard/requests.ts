import { fingerprint, maskKeys } from '../keys.ts';
import type { RecordedRequest } from '../record.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

/**
 * Takes the requests to show, newest first; returns their section. The roles are written out
 * because narrow screens lay the table out as a list, and that takes the implied ones away.
 */
export function requestsSection( requests: readonly RecordedRequest[] ): Html {
	return html`<section class="wide" id="requests" aria-labelledby="requests-title">
		<div class="heading">
			<h2 id="requests-title">Last requests</h2>
			<a href="/dashboard#requests">Refresh</a>
		</div>
		${ requests.length === 0 ? html`<p class="none">No site has asked yet.</p>` : table( requests ) }
	</section>`;
}

function table( requests: readonly RecordedRequest[] ): Html {
	const columns = [ 'Time', 'Request', 'Key', 'Origin', 'Status' ];
	return html`<table role="table" aria-labelledby="requests-title">
		<thead role="rowgroup">
			<tr role="row">
				${ columns.map( ( column ) => html`<th role="columnheader" scope="col">${ column }</th>` ) }
			</tr>
		</thead>
		<tbody role="rowgroup">
			${ requests.map( row ) }
		</tbody>
	</table>`;
}

function row( request: RecordedRequest ): Html {
	const status = request.status === null ? 'no answer' : String( request.status );
	const isGood = request.status !== null && request.status < 300;
	return html`<tr role="row">
		<td role="cell"><time datetime="${ request.time.toISOString() }">${ clock( request.time ) }</time></td>
		<td role="cell"><code>${ request.method } ${ maskKeys( request.path ) }</code></td>
		<td role="cell"><code>${ fingerprint( request.authorization ) }</code></td>
		<td role="cell">${ request.origin ?? 'none' }</td>
		<td role="cell"><span class="status ${ isGood ? 'good' : 'bad' }">${ status }</span></td>
	</tr>`;
}

/** The machine's own time of day: person and service are on the same one. */
function clock( time: Date ): string {
	return time.toTimeString().slice( 0, 8 );
}
