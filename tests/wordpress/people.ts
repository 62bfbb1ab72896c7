import { site } from './site.ts';
import { visitor, type Visitor } from './visitor.ts';

/** Somebody of a role, logged in; a second one of the same role has another name. Made when first asked for. */
export async function person( role: string, name = role ): Promise< Visitor > {
	const { wp } = await site();
	const password = `a long ${ name } pass`;
	await wp.evaluate(
		`return username_exists( '${ name }' ) || wp_insert_user( [ 'user_login' => '${ name }', 'user_pass' => '${ password }', 'role' => '${ role }' ] );`
	);
	return visitor( wp.url, name, password );
}
