import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../sandbox/wordpress/run.ts';

export type CertificateName = 'good' | 'expired' | 'not_yet' | 'wrong_name' | 'unknown_authority';

export interface Certificates {
	/** The certificate of the authority that signed all but one of them. */
	authority: string;
	servers: Record< CertificateName, { cert: string; key: string } >;
}

const day = 24 * 60 * 60 * 1000;
const ours = 'SlashImage Tests';
const localhost = 'DNS:localhost,IP:127.0.0.1';

/** Each lacks one thing that the first one has. Days are counted from now. */
const wanted: Record< CertificateName, { authority: string; names: string; days: [ number, number ] } > = {
	good: { authority: ours, names: localhost, days: [ -1, 30 ] },
	expired: { authority: ours, names: localhost, days: [ -30, -1 ] },
	not_yet: { authority: ours, names: localhost, days: [ 1, 30 ] },
	wrong_name: { authority: ours, names: 'DNS:other.example', days: [ -1, 30 ] },
	unknown_authority: { authority: 'Unknown Authority', names: localhost, days: [ -1, 30 ] },
};

let made: Promise< Certificates > | undefined;

/** The certificates of this process, made with openssl when first asked for; no file of them is left. */
export const certificates = (): Promise< Certificates > => ( made ??= make() );

async function make(): Promise< Certificates > {
	const folder = await mkdtemp( join( tmpdir(), 'slashimage-tls-' ) );
	const openssl = ( ...parameters: string[] ) => run( 'openssl', parameters, { cwd: folder } );
	const read = ( file: string ) => readFile( join( folder, file ), 'utf8' );
	try {
		await writeFile( join( folder, 'openssl.conf' ), settings );
		await writeFile( join( folder, 'signed.txt' ), '' );
		await makeAuthority( openssl, ours );
		await makeAuthority( openssl, 'Unknown Authority' );
		const servers: Partial< Certificates[ 'servers' ] > = {};
		// One after the other: they share the list of what was signed.
		for ( const name of Object.keys( wanted ) as CertificateName[] ) {
			await makeServer( openssl, name );
			servers[ name ] = { cert: await read( `${ name }.crt` ), key: await read( `${ name }.key` ) };
		}
		return { authority: await read( `${ ours }.crt` ), servers: servers as Certificates[ 'servers' ] };
	} finally {
		await rm( folder, { recursive: true, force: true } );
	}
}

type OpenSsl = ( ...parameters: string[] ) => Promise< string >;

const newKey = [ '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-config', 'openssl.conf' ];

async function makeAuthority( openssl: OpenSsl, name: string ): Promise< void > {
	const files = [ '-keyout', `${ name }.key`, '-out', `${ name }.crt` ];
	await openssl( 'req', '-x509', ...newKey, ...files, '-days', '3650', '-subj', `/O=${ name }/CN=${ name } CA` );
}

/** `openssl ca` is the only one that takes both dates in every version of openssl. */
async function makeServer( openssl: OpenSsl, name: CertificateName ): Promise< void > {
	const { authority, names, days } = wanted[ name ];
	const [ start, end ] = days.map( ( count ) => date( Date.now() + count * day ) ) as [ string, string ];
	const signer = [ '-cert', `${ authority }.crt`, '-keyfile', `${ authority }.key` ];
	const subject = [ '-subj', `/CN=${ name }`, '-addext', `subjectAltName=${ names }` ];
	await openssl( 'req', '-new', ...newKey, '-keyout', `${ name }.key`, '-out', 'request', ...subject );
	await openssl(
		...[ 'ca', '-batch', '-notext', '-config', 'openssl.conf', ...signer ],
		...[ '-startdate', start, '-enddate', end, '-in', 'request', '-out', `${ name }.crt` ]
	);
}

/** As openssl wants it: 20260131235959Z. */
function date( time: number ): string {
	return new Date( time ).toISOString().replaceAll( /[-:T]|\.\d+/g, '' );
}

const settings = `
[ req ]
distinguished_name = subject
x509_extensions = authority
[ subject ]
[ authority ]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[ server ]
basicConstraints = critical,CA:false
extendedKeyUsage = serverAuth
[ ca ]
default_ca = signing
[ signing ]
database = signed.txt
new_certs_dir = .
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
x509_extensions = server
copy_extensions = copy
[ any ]
commonName = supplied
`;
