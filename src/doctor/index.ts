import type { DoctorProps } from '../admin/doctor-card.tsx';
import { Doctor } from './doctor.tsx';
import './index.scss';

// The settings screen loads this when somebody unfolds the checks, and draws what it finds there.
( window as { slashimageDoctor?: ( props: DoctorProps ) => JSX.Element | null } ).slashimageDoctor = Doctor;
