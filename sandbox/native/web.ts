import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { program } from './find.ts';
import type { WordPressOptions } from '../wordpress/playground.ts';
import type { Layout } from './layout.ts';
import { networkRules } from './network.ts';
import type { Server } from './server.ts';
import { startServer } from './server.ts';

/** Starts nginx on a port of 127.0.0.1: files from the web root, PHP from its socket. */
export async function startWeb(
	layout: Layout,
	port: number,
	{ multisite, front }: Pick< WordPressOptions, 'front' | 'multisite' >
): Promise< Server > {
	const settings = join( layout.settings, 'nginx.conf' );
	const log = join( layout.logs, 'nginx.log' );
	await writeFile(
		settings,
		webSettings( layout, port, {
			server: ( front?.server ?? '' ) + ( multisite ? networkRules : '' ),
			http: ( front?.http ?? '' ).replace( 'CACHE', join( layout.run, 'cache' ) ),
		} )
	);
	return await startServer( {
		owner: layout.owner,
		command: [ program( 'nginx' ), '-p', layout.run, '-e', 'stderr', '-c', settings ],
		log,
		listens: port,
	} );
}

/**
 * HTTP_HOST is what the visitor asked for, with the port. nginx's own $host leaves the port out,
 * and WordPress would send everybody on to the address with the port, without end.
 */
function webSettings( layout: Layout, port: number, rules: { server: string; http: string } ): string {
	const temporary = [ 'client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi' ]
		.map( ( name ) => `\t${ name }_temp_path ${ join( layout.run, name ) };` )
		.join( '\n' );
	return `daemon off;
worker_processes 1;
pid ${ join( layout.run, 'nginx.pid' ) };
events { worker_connections 256; }
http {
	access_log off;
${ temporary }
	types {
${ mimeTypes }
	}
	default_type application/octet-stream;
	sendfile on;
	client_max_body_size 64m;
	${ rules.http }
	server {
		listen 127.0.0.1:${ port };
		root ${ layout.root };
		index index.php;
${ rules.server }		location / {
			try_files $uri $uri/ /index.php?$args;
		}
		location ~ \\.php$ {
			try_files $uri =404;
			fastcgi_pass unix:${ layout.phpSocket };
			fastcgi_read_timeout 300s;
${ Object.entries( parameters )
	.map( ( [ name, value ] ) => `\t\t\tfastcgi_param ${ name } ${ value };` )
	.join( '\n' ) }
		}
	}
}
`;
}

const parameters = {
	GATEWAY_INTERFACE: 'CGI/1.1',
	SERVER_SOFTWARE: 'nginx/$nginx_version',
	SERVER_PROTOCOL: '$server_protocol',
	SERVER_ADDR: '$server_addr',
	SERVER_PORT: '$server_port',
	SERVER_NAME: '$host',
	HTTP_HOST: '$http_host',
	REMOTE_ADDR: '$remote_addr',
	REMOTE_PORT: '$remote_port',
	REQUEST_METHOD: '$request_method',
	REQUEST_URI: '$request_uri',
	REQUEST_SCHEME: '$scheme',
	QUERY_STRING: '$query_string',
	CONTENT_TYPE: '$content_type',
	CONTENT_LENGTH: '$content_length',
	DOCUMENT_ROOT: '$document_root',
	DOCUMENT_URI: '$document_uri',
	SCRIPT_NAME: '$fastcgi_script_name',
	SCRIPT_FILENAME: '$document_root$fastcgi_script_name',
};

const mimeTypes = Object.entries( {
	'text/html': 'html',
	'text/css': 'css',
	'text/plain': 'txt',
	'application/javascript': 'js mjs',
	'application/json': 'json map',
	'image/avif': 'avif',
	'image/gif': 'gif',
	'image/jpeg': 'jpg jpeg',
	'image/png': 'png',
	'image/svg+xml': 'svg',
	'image/webp': 'webp',
	'font/woff': 'woff',
	'font/woff2': 'woff2',
} )
	.map( ( [ type, names ] ) => `\t\t${ type } ${ names };` )
	.join( '\n' );
