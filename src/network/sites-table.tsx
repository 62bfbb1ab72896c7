import { __ } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import { formatNumber } from '../admin/format.ts';
import { Moment } from '../admin/moment.tsx';
import { t } from '../admin/translate.ts';
import type { Network } from '../validation/network-schemas.ts';
import { pills } from '../validation/sentences.ts';
import { sourceWord } from './lines.ts';

type Site = Network[ 'sites' ][ 'rows' ][ number ];

/** The sites: each a link to its own settings, and how it is with its key. */
export function SitesTable( { rows }: { rows: Site[] } ) {
	return (
		<table className="slashimage-sites" aria-labelledby="slashimage-network-sites">
			<thead>
				<tr>
					<th scope="col">{ __( 'Site', 'slashimage' ) }</th>
					<th scope="col">{ __( 'Connection', 'slashimage' ) }</th>
					<th scope="col">{ __( 'Key', 'slashimage' ) }</th>
					<th scope="col">{ __( 'Since', 'slashimage' ) }</th>
					<th scope="col">{ __( 'Waiting', 'slashimage' ) }</th>
				</tr>
			</thead>
			<tbody>
				{ rows.map( ( site ) => (
					<Row key={ site.id } site={ site } />
				) ) }
			</tbody>
		</table>
	);
}

function Row( { site: { name, address, settings_url: settings, source, state, since, waiting } }: { site: Site } ) {
	return (
		<tr>
			<th scope="row">
				<a href={ settings }>
					<bdi>{ name.trim() || address }</bdi>
				</a>
				<div className="slashimage-quiet">
					<bdi>{ address }</bdi>
				</div>
			</th>
			<td>
				<span className={ `slashimage-pill is-${ state }` }>{ t( pills[ state ] ) }</span>
			</td>
			<Cell label={ __( 'Key', 'slashimage' ) }>{ sourceWord( source ) }</Cell>
			<Cell label={ __( 'Since', 'slashimage' ) }>{ since === null ? '–' : <Moment at={ since } /> }</Cell>
			<Cell label={ __( 'Waiting', 'slashimage' ) }>{ formatNumber( waiting ) }</Cell>
		</tr>
	);
}

// The label is seen where there is no room for columns; a screen reader has the column's heading.
const Cell = ( { label, children }: { label: string; children: ReactNode } ) => (
	<td>
		<span className="slashimage-sites__label" aria-hidden="true">
			{ label }
		</span>
		{ children }
	</td>
);
