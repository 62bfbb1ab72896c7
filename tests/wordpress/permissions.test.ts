import { beforeAll, expect, it } from 'vitest';
import { site } from './site.ts';
import { visitor, type Visitor } from './visitor.ts';

const everything = [
	[ 'GET', '/connection' ],
	[ 'POST', '/connection', { key: 'x' } ],
	[ 'DELETE', '/connection' ],
	[ 'POST', '/connection/check' ],
	[ 'POST', '/images/retry' ],
	[ 'POST', '/notice', { notice: 'key_refused' } ],
] as const;
const ofImages = [
	[ 'GET', '/images/summary' ],
	[ 'GET', '/images?ids=IMAGE' ],
	[ 'POST', '/images/IMAGE/retry' ],
] as const;

let image = 0;
const people: Record< string, Visitor > = {};

beforeAll( async () => {
	const { wp, reset, upload } = await site();
	await reset();
	image = ( await upload( 1 ) )[ 0 ] ?? 0;
	for ( const role of [ 'editor', 'author', 'contributor', 'subscriber' ] ) {
		await wp.evaluate(
			`return username_exists( '${ role }' ) || wp_insert_user( [ 'user_login' => '${ role }', 'user_pass' => 'a long ${ role } pass', 'role' => '${ role }' ] );`
		);
		people[ role ] = await visitor( wp.url, role, `a long ${ role } pass` );
	}
	people[ 'nobody' ] = await visitor( wp.url );
} );

const ask = ( who: string, [ method, path, body ]: readonly [ string, string, unknown? ] ) =>
	people[ who ]?.rest( method, path.replace( 'IMAGE', String( image ) ), body );

it.each( [
	[ 'nobody', 401 ],
	[ 'subscriber', 403 ],
	[ 'contributor', 403 ],
	[ 'author', 403 ],
	[ 'editor', 403 ],
] as const )( 'keeps the connection from a %s: %i', async ( who, status ) => {
	for ( const route of everything ) {
		expect( [ route, ( await ask( who, route ) )?.status ] ).toEqual( [ route, status ] );
	}
} );

it.each( [
	[ 'nobody', 401 ],
	[ 'subscriber', 403 ],
	[ 'contributor', 403 ],
] as const )( 'keeps images from a %s: %i', async ( who, status ) => {
	for ( const route of ofImages ) {
		expect( [ route, ( await ask( who, route ) )?.status ] ).toEqual( [ route, status ] );
	}
} );

it( "keeps another's image from an author, who may see the counts", async () => {
	expect( ( await ask( 'author', ofImages[ 0 ] ) )?.status ).toBe( 200 );
	expect( ( await ask( 'author', ofImages[ 1 ] ) )?.status ).toBe( 403 );
	expect( ( await ask( 'author', ofImages[ 2 ] ) )?.status ).toBe( 403 );
} );

it( 'lets an editor see every image, and says that only a failed one can be tried again', async () => {
	expect( await ask( 'editor', ofImages[ 1 ] ) ).toMatchObject( {
		status: 200,
		body: [ { id: image, state: 'waiting' } ],
	} );
	expect( await ask( 'editor', ofImages[ 2 ] ) ).toMatchObject( { status: 409, body: { code: 'image_not_failed' } } );
} );

it.each( [ 'ids=0', 'ids=999999', 'ids=1' ] )( 'answers 404 to %s', async ( query ) => {
	const { admin } = await site();
	expect( await admin.rest( 'GET', `/images?${ query }` ) ).toMatchObject( {
		status: 404,
		body: { code: 'image_not_found' },
	} );
} );

it.each( [ '', 'ids=', 'ids=a', 'ids[]=1', 'ids=1,,2', 'ids=-1', `ids=${ Array( 201 ).fill( 1 ).join( ',' ) }` ] )(
	'answers 400 to "%s"',
	async ( query ) => {
		const { admin } = await site();
		expect( await admin.rest( 'GET', `/images?${ query }` ) ).toMatchObject( {
			status: 400,
			body: { code: 'ids_invalid' },
		} );
	}
);

it( 'does not work for someone who does not know the site', async () => {
	const { wp } = await site();
	for ( const body of [ '', 'token=', 'token[]=x', 'token=0000' ] ) {
		const answer = await fetch( `${ wp.url }/wp-admin/admin-ajax.php?action=slashimage_work`, {
			method: 'POST',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body,
		} );
		expect( [ body, answer.status ] ).toEqual( [ body, 403 ] );
	}
} );
