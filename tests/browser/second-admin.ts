import type { Site } from '../wordpress/site.ts';
import { visitor, type Visitor } from '../wordpress/visitor.ts';

const password = 'a long second pass';

/** Another administrator of the site, newly logged in. */
export async function secondAdmin( { wp }: Site ): Promise< Visitor > {
	await wp.evaluate(
		`return username_exists( 'second' ) || wp_insert_user( [ 'user_login' => 'second', 'user_pass' => '${ password }', 'role' => 'administrator' ] );`
	);
	return visitor( wp.url, 'second', password );
}

/** Ends every session of that administrator. */
export const logSecondAdminOut = ( { wp }: Site ) =>
	wp.evaluate( `WP_Session_Tokens::get_instance( username_exists( 'second' ) )->destroy_all();` );
