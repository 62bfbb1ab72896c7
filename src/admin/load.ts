const loading = new Map< string, Promise< void > >();

/**
 * Loads a script that WordPress did not print into the page. Resolves when it has run, and at once when it has before;
 * rejects when it can't be loaded, and tries again the next time. Forced by webpack's own way, which takes everything
 * that both parts use out of their bundles and makes the page that never needs the second part heavier.
 */
export function loadScript( src: string ): Promise< void > {
	const known = loading.get( src );
	if ( known ) {
		return known;
	}
	const loaded = new Promise< void >( ( resolve, reject ) => {
		const script = document.createElement( 'script' );
		script.src = src;
		script.onload = () => resolve();
		script.onerror = () => {
			loading.delete( src );
			script.remove();
			reject( new Error( src ) );
		};
		document.head.append( script );
	} );
	loading.set( src, loaded );
	return loaded;
}

/** Adds a style sheet to the page, once. Without it things look plain, and work. */
export function loadStyle( href: string ): void {
	if ( ! [ ...document.querySelectorAll( 'link' ) ].some( ( link ) => link.href === href ) ) {
		const link = document.createElement( 'link' );
		link.rel = 'stylesheet';
		link.href = href;
		document.head.append( link );
	}
}
