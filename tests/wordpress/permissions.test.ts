import { beforeAll, expect, it } from 'vitest';
import { place } from './images.ts';
import { person } from './people.ts';
import { site } from './site.ts';
import { visitor, type Visitor } from './visitor.ts';

const everything = [
	[ 'GET', '/connection' ],
	[ 'POST', '/connection', { key: 'x' } ],
	[ 'POST', '/connection/disconnect' ],
	[ 'POST', '/connection/check' ],
	[ 'POST', '/images/optimize' ],
	[ 'POST', '/images/retry' ],
	[ 'GET', '/notice' ],
	[ 'POST', '/notice', { notice: 'key_refused' } ],
] as const;
const ofImages = [
	[ 'GET', '/images/summary' ],
	[ 'GET', '/images?ids=IMAGE' ],
	[ 'GET', '/images/IMAGE' ],
	[ 'POST', '/images/IMAGE/optimize' ],
	[ 'POST', '/images/IMAGE/retry' ],
	[ 'POST', '/images/IMAGE/restore' ],
] as const;
const ofOneImage = ofImages.slice( 2 );

let image = 0;
const people: Record< string, Visitor > = {};

beforeAll( async () => {
	const { wp, reset, upload } = await site();
	await reset();
	image = ( await upload( 1 ) )[ 0 ] ?? 0;
	for ( const role of [ 'editor', 'author', 'contributor', 'subscriber' ] ) {
		people[ role ] = await person( role );
	}
	people[ 'nobody' ] = await visitor( wp.url );
} );

const ask = ( who: string, [ method, path, body ]: readonly [ string, string, unknown? ] ) =>
	people[ who ]?.rest( method, path.replace( 'IMAGE', String( image ) ), body );

/** What somebody is answered by each of these routes. */
const statuses = ( who: string, routes: readonly ( readonly [ string, string, unknown? ] )[] ) =>
	Promise.all( routes.map( async ( route ) => [ route, ( await ask( who, route ) )?.status ] ) );

const each = ( routes: readonly unknown[], status: number ) => routes.map( ( route ) => [ route, status ] );

it.each( [
	[ 'nobody', 401 ],
	[ 'subscriber', 403 ],
	[ 'contributor', 403 ],
	[ 'author', 403 ],
	[ 'editor', 403 ],
] as const )( 'keeps the connection, and what is done with all images, from a %s: %i', async ( who, status ) => {
	expect( await statuses( who, everything ) ).toEqual( each( everything, status ) );
} );

it.each( [
	[ 'nobody', 401 ],
	[ 'subscriber', 403 ],
	[ 'contributor', 403 ],
] as const )( 'keeps images from a %s: %i', async ( who, status ) => {
	expect( await statuses( who, ofImages ) ).toEqual( each( ofImages, status ) );
} );

it( "keeps another's image from an author, who may see the counts and has the rest of a list", async () => {
	const [ own = 0 ] = await place( [ { state: 'failed', cause: 'write_failed', author: 'author' } ] );
	expect( ( await ask( 'author', ofImages[ 0 ] ) )?.status ).toBe( 200 );
	expect( await ask( 'author', [ 'GET', `/images?ids=IMAGE,${ own },999999,1` ] ) ).toMatchObject( {
		status: 200,
		body: { images: [ { id: own } ], notice: null, bubble: null },
	} );
	expect( await statuses( 'author', ofOneImage ) ).toEqual( each( ofOneImage, 403 ) );
	expect( await people[ 'author' ]?.rest( 'POST', `/images/${ own }/retry` ) ).toMatchObject( {
		status: 200,
		body: { id: own, state: 'waiting' },
	} );
} );

it( 'lets an editor see every image, and says why nothing can be done with one that waits', async () => {
	expect( await ask( 'editor', ofImages[ 1 ] ) ).toMatchObject( {
		status: 200,
		body: { images: [ { id: image, state: 'waiting' } ] },
	} );
	expect( await ask( 'editor', ofImages[ 2 ] ) ).toMatchObject( { status: 200, body: { id: image, files: [] } } );
	for ( const [ action, code ] of [
		[ 'optimize', 'image_not_open' ],
		[ 'retry', 'image_not_failed' ],
		[ 'restore', 'image_not_optimized' ],
	] as const ) {
		expect( await ask( 'editor', [ 'POST', `/images/IMAGE/${ action }` ] ) ).toMatchObject( {
			status: 409,
			body: { code },
		} );
	}
} );

it( 'answers 404 for what is no image of this site', async () => {
	const { admin } = await site();
	// Nothing, a post, and what was deleted.
	for ( const id of [ 0, 1, 999999 ] ) {
		expect( await admin.rest( 'GET', `/images/${ id }` ) ).toMatchObject( {
			status: 404,
			body: { code: 'image_not_found' },
		} );
	}
	for ( const action of [ 'optimize', 'retry', 'restore' ] ) {
		expect( await admin.rest( 'POST', `/images/1/${ action }` ) ).toMatchObject( {
			status: 404,
			body: { code: 'image_not_found' },
		} );
	}
	expect( ( await admin.rest( 'POST', `/images/${ image }/burn` ) ).status ).toBe( 400 );
	expect( ( await admin.rest( 'POST', '/images/restore' ) ).status ).toBe( 400 );
} );

it( 'leaves out of a list what is no image of this site', async () => {
	const { admin } = await site();
	expect( await admin.rest( 'GET', '/images?ids=0,1,999999' ) ).toMatchObject( {
		status: 200,
		body: { images: [] },
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
