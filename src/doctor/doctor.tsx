import { useMemo } from 'react';
import { __ } from '@wordpress/i18n';
import type { DoctorProps } from '../admin/doctor-card.tsx';
import { DoctorActions } from './actions.tsx';
import { CheckList } from './check-list.tsx';
import { ReportView } from './report-view.tsx';
import { doctorRequestsTo } from './requests.ts';
import { DoctorSummary } from './summary.tsx';
import { useDoctor } from './use-doctor.ts';
import { useReport } from './use-report.ts';

/** The doctor: finds out why the key does not work, and says what to do. */
export function Doctor( { screen, namespace, links, open }: DoctorProps ) {
	const { connection } = screen.snapshot;
	const requests = useMemo( () => doctorRequestsTo( namespace ), [ namespace ] );
	const doctor = useDoctor( connection, requests );
	const report = useReport( requests, connection.domain );
	return open ? (
		<>
			<p>
				{ __(
					'Finds out whether the key works here, and what to do if not. Nothing is changed, and no credit is used.',
					'slashimage'
				) }
			</p>
			<DoctorActions doctor={ doctor } connection={ connection } />
			<DoctorSummary run={ doctor.run } screen={ screen } links={ links } />
			<CheckList run={ doctor.run } links={ links } />
			<ReportView report={ report } connection={ connection } links={ links } />
		</>
	) : null;
}
