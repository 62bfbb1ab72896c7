<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/**
 * An attachment's image files, and what is known of each: noted in its post meta, by file name, as bytes and hash before
 * and after. The note is believed only of a file with that content; where the database was rolled back, imported or is
 * behind, the record beside the backup says the same.
 */
final class Image {
	public const META = '_slashimage';

	public int $id;

	/** The lease of the work that is done on it; what is written carries it. */
	private string $lease;

	private string $main;

	/** @var array<string, array> Notes by file name: `before`, `after` in bytes, `was`, `is` as hashes; none of a version before. */
	private array $notes;

	/** @var array<string, File> The files that are still to be sent, by name; after `compare()`. */
	private array $open = array();

	private Refusals $refusals;

	/** @var string[] Names of files that are not here, or can't be read. */
	private array $missing = array();

	/** The folder its files were in when they were noted: some plugins sort the media into folders. */
	private string $former;

	private bool $changed = false;

	/** @var string[] The files that were written, for those who want to know. */
	private array $written = array();

	public function __construct( int $id, string $lease = '' ) {
		$meta        = get_post_meta( $id, self::META, true );
		$this->id    = $id;
		$this->lease = Temporary::owner( $id, $lease );
		$this->main  = (string) get_attached_file( $id );
		$folder      = is_array( $meta ) && is_string( $meta['folder'] ?? null ) ? path_join( wp_get_upload_dir()['basedir'], $meta['folder'] ) : '';
		$notes       = is_array( $meta ) && is_array( $meta['files'] ?? null ) ? $meta['files'] : array();
		// An import may bring any path along; it is only ever read from, and what is there has to have the content that is noted.
		$this->former = '' === $folder || 0 !== validate_file( $folder ) ? dirname( $this->main ) : $folder;
		// A name from the database is not a path.
		$notes       = array_filter( $notes, static fn( $name ): bool => wp_basename( (string) $name ) === (string) $name, ARRAY_FILTER_USE_KEY );
		$this->notes = array_filter( array_map( array( Note::class, 'clean' ), $notes ) );

		$this->refusals = new Refusals( is_array( $meta ) ? $meta['refused'] ?? null : null );
	}

	/**
	 * Looks at each file: one that is the result of what was done before is noted as such, and not sent again. Returns those
	 * that are to be sent, by name, the main file first.
	 *
	 * @return array<string, File>
	 */
	public function compare(): array {
		$this->open    = array();
		$this->missing = array();
		foreach ( $this->names() as $name ) {
			$file = File::read( $this->path( $name ) );
			if ( ! $file ) {
				$this->missing[] = $name;
			} elseif ( ! $this->recognize( $name, $file ) ) {
				$this->open[ $name ] = $file;
			}
		}
		return $this->open;
	}

	/** Whether the main file is on this disk; the files of some sites live elsewhere. After `compare()`. */
	public function is_here(): bool {
		return ! in_array( wp_basename( $this->main ), $this->missing, true ) || file_exists( $this->main );
	}

	public function is_main( string $name ): bool {
		return wp_basename( $this->main ) === $name;
	}

	/**
	 * Reads anew which files WordPress counts to the image: while they were at the service, the main one may have become the
	 * original of a scaled one, which nobody is shown.
	 */
	public function reread(): void {
		wp_cache_delete( $this->id, 'post_meta' );
		$this->main = (string) get_attached_file( $this->id );
	}

	/** Puts an optimized file in its place. Returns the outcome. */
	public function put( string $name, string $bytes, callable $is_mine ): string {
		$file = $this->open[ $name ];
		if ( $file->path !== $this->path( $name ) || ! in_array( $name, $this->names(), true ) ) {
			return 'file_changed';
		}
		$outcome = Replacement::put( $file, $bytes, $this->lease, $is_mine );
		$record  = 'optimized' === $outcome ? $this->recorded( $name ) : null;
		if ( $record ) {
			$this->note( $name, $record );
			$this->refusals->forget( $name );
			unset( $this->open[ $name ] );
			$this->written[] = $record->path;
		}
		return $outcome;
	}

	/** Notes a file that stays as it is: the service could not make it smaller. Returns whether that could be recorded. */
	public function keep( string $name ): bool {
		$file   = $this->open[ $name ];
		$record = new Record( $file->path, $file->print(), $file->print() );
		if ( ! $file->is_unchanged() || ! $record->write( $this->lease ) ) {
			return false;
		}
		$this->note( $name, $record );
		$this->refusals->forget( $name );
		unset( $this->open[ $name ] );
		return true;
	}

	/** Notes that a file can't be optimized, and with which outcome: it is not sent again until a person asks, or it changes. */
	public function refuse( string $name, string $outcome ): void {
		$this->refusals->add( $name, $this->open[ $name ]->hash, $outcome );
		$this->changed = true;
	}

	/** Why the content of an open file was refused since a person last asked, in unix milliseconds; empty: it was not. */
	public function refused( string $name, int $asked ): string {
		return $this->refusals->find( $this->open[ $name ]->hash, $asked );
	}

	/** Whether every file is done or refused, by what is known here and of another attachment with the same files. After `compare()`. */
	public function is_as_far_as( self $other ): bool {
		$this->refusals->join( $other->refusals );
		$this->changed = true;
		foreach ( array_keys( $this->open ) as $name ) {
			if ( '' === $this->refused( (string) $name, 0 ) ) {
				return false;
			}
		}
		return true;
	}

	/** Whether some of its files are done. */
	public function is_begun(): bool {
		return array() !== array_intersect_key( $this->notes, array_flip( $this->names() ) );
	}

	/**
	 * The name of a file of this image that had the same content before it was done; empty: none. Two sizes of equal content
	 * are one file, and one credit.
	 */
	public function twin( string $name ): string {
		foreach ( $this->notes as $other => $note ) {
			if ( ( $note['was'] ?? '' ) === $this->open[ $name ]->hash && $other !== $name ) {
				$file = File::read( $this->path( (string) $other ) );
				if ( $file && $file->hash === $note['is'] ) {
					return (string) $other;
				}
			}
		}
		return '';
	}

	public function path( string $name ): string {
		return dirname( $this->main ) . '/' . $name;
	}

	/** Writes down what WordPress has on record of the files, and then the notes: what is cut off between is done again. */
	public function save(): void {
		if ( $this->changed ) {
			$this->reread();
			Metadata::refresh( $this->id, $this->main, array() !== $this->written );
			$is_known = $this->notes || $this->refusals->all();
			$is_known ? update_post_meta( $this->id, self::META, wp_slash( $this->meta() ) ) : delete_post_meta( $this->id, self::META );
			$this->changed = false;
		}
	}

	/**
	 * Tells other plugins, once, which files were written: `slashimage_image_optimized` or `slashimage_image_restored`, with
	 * the attachment's id and the paths, for caches and for those who keep the files elsewhere. What one of them throws is
	 * its own affair.
	 */
	public function tell( string $what ): void {
		$paths         = $this->written;
		$this->written = array();
		if ( $paths ) {
			try {
				do_action( "slashimage_image_$what", $this->id, $paths );
			} catch ( \Throwable $error ) {
				error_log( $error->getMessage() ); // phpcs:ignore WordPress.PHP.DevelopmentFunctions -- somebody has to hear of it.
			}
		}
	}

	/**
	 * Puts back every original there is. A file that is no longer the result is left alone: somebody has replaced it since.
	 * Returns what stood in the way, as an error of REST; empty when originals were put back.
	 */
	public function restore(): string {
		$restored = $this->finish_restore();
		$this->compare();
		$problem = 'file_replaced';
		foreach ( $this->restorable() as $name ) {
			$outcome   = $this->restore_file( $name );
			$restored += 'restored' === $outcome ? 1 : 0;
			$problem   = in_array( $outcome, array( '', 'restored' ), true ) ? $problem : $outcome;
			if ( 'restore_failed' === $outcome ) {
				break;
			}
		}
		$this->save();
		return 'restore_failed' === $problem || 0 === $restored ? $problem : '';
	}

	/**
	 * Deletes the originals, with the last attachment the files belong to. Names it had before count where nothing is there
	 * any more: what is there is another one's.
	 */
	public function forget(): void {
		foreach ( array_merge( $this->names(), Metadata::former( $this->id ) ) as $name ) {
			Vault::forget( $this->path( $name ) );
		}
		foreach ( array_map( 'strval', array_keys( $this->notes ) ) as $name ) {
			foreach ( array( $this->path( $name ), $this->former . '/' . $name ) as $path ) {
				if ( ! file_exists( $path ) ) {
					Vault::forget( $path );
				}
			}
		}
	}

	/** Deletes what a killed worker has left in the folders of its files. */
	public function sweep(): void {
		Temporary::sweep( dirname( $this->main ), $this->id, $this->lease );
		foreach ( Vault::all() as $folder ) {
			Temporary::sweep( rtrim( $folder . '/' . dirname( Vault::place( $this->main ) ), '/.' ), $this->id, $this->lease );
		}
	}

	/** Whether anything is known to have become smaller. */
	public function saved(): bool {
		return $this->total( 'after' ) < $this->total( 'before' );
	}

	/** Bytes of all files that can be put back, `before` or `after`. */
	public function total( string $when ): int {
		return (int) array_sum( array_column( array_intersect_key( $this->notes, array_flip( $this->restorable() ) ), $when ) );
	}

	/**
	 * What is known of the files, for a person: WordPress's name of their size, bytes, whether one is missing, and the outcome
	 * one was refused with.
	 *
	 * @return array<int, array{size: string, before: int, after: int, missing: bool, refused: string}>
	 */
	public function sizes(): array {
		$sizes = array();
		foreach ( $this->notes ? $this->names() : array() as $size => $name ) {
			$missing = ! is_file( $this->path( $name ) );
			$refused = $missing || isset( $this->notes[ $name ] ) ? '' : $this->refusals->outcome( $name );
			$bytes   = '' === $refused ? 0 : (int) filesize( $this->path( $name ) );
			$note    = $this->notes[ $name ] ?? ( $missing || '' !== $refused ? array( 'before' => $bytes, 'after' => $bytes ) : null );
			if ( $note ) {
				$sizes[] = array(
					'size'    => (string) $size,
					'before'  => $note['before'],
					'after'   => $note['after'],
					'missing' => $missing,
					'refused' => $refused,
				);
			}
		}
		return $sizes;
	}

	/**
	 * Whether a note fits each file, as far as its size and time tell: cheap, for looking through whole libraries. A file
	 * without a note counts if it is not older than `$since`; the main one always, if there are notes: it may be one of
	 * those, renamed. One that was compared and is still open is known.
	 */
	public function looks_done( int $since = 0 ): bool {
		foreach ( $this->names() as $name ) {
			$path = $this->path( $name );
			$note = $this->notes[ $name ] ?? null;
			clearstatcache( true, $path );
			if ( ! is_file( $path ) || $this->is_open( $name ) ) {
				continue;
			}
			if ( $note ? ! Note::may_fit( $note, $path ) : $this->is_new( $path, $since ) || ( $this->notes && $this->is_main( $name ) ) ) {
				return false;
			}
		}
		return true;
	}

	/**
	 * What happened to the files since the image was done, as the events table has it; empty: nothing. A file that nothing is
	 * noted of and that was there before is no news: the service did not take it then. Before is what was compared, or what
	 * is older than `$since`.
	 */
	public function news( int $since = 0 ): string {
		// Another request may have written them since this one has read them.
		wp_cache_delete( $this->id, 'post_meta' );
		$this->main = (string) get_attached_file( $this->id );
		if ( $this->looks_done( $since ) ) {
			return '';
		}
		$noted = $this->notes;
		$known = array_filter( $this->open, fn( string $name ): bool => $this->is_open( $name ), ARRAY_FILTER_USE_KEY );
		$open  = array_filter(
			array_diff_key( $this->compare(), $known ),
			fn( File $file, string $name ): bool => isset( $noted[ $name ] ) || $this->is_new( $file->path, $since ),
			ARRAY_FILTER_USE_BOTH
		);
		$this->save();
		if ( isset( $open[ wp_basename( $this->main ) ] ) ) {
			return isset( $noted[ wp_basename( $this->main ) ] ) ? 'replace' : 'edit';
		}
		return $open ? 'size_added' : 'rename';
	}

	/**
	 * Notes the files as ones that stay as they are: somebody else has optimized them, before `$since`. Does nothing where
	 * something is known of them.
	 */
	public function keep_all( int $since ): void {
		foreach ( $this->notes ? array() : $this->compare() as $name => $file ) {
			if ( ! $this->is_new( $file->path, $since ) ) {
				$this->keep( (string) $name );
			}
		}
		$this->save();
	}

	private function is_open( string $name ): bool {
		return isset( $this->open[ $name ] ) && $this->open[ $name ]->is_unchanged();
	}

	private function is_new( string $path, int $since ): bool {
		return filemtime( $path ) >= $since;
	}

	/** @return array<string, string> */
	private function names(): array {
		return Metadata::names( $this->id, $this->main );
	}

	/** What is stored: the notes, and the folder they are about. */
	private function meta(): array {
		return array(
			'files'   => $this->notes,
			'folder'  => _wp_relative_upload_path( dirname( $this->main ) ),
			'refused' => $this->refusals->all(),
		);
	}

	/** Whether a file is one that was done before, under this name or another. Notes what is known of it. */
	private function recognize( string $name, File $file ): bool {
		$record = $this->recorded( $name, $file );
		if ( dirname( $this->main ) !== $this->former ) {
			$record = $record ?? $this->renamed( $name, $file );
		}
		$record = $record ?? Note::record( $this->notes, $name, $file, $this->lease ) ?? $this->renamed( $name, $file );
		if ( $record ) {
			$this->note( $name, $record );
		} else {
			$this->changed = $this->changed || isset( $this->notes[ $name ] );
			unset( $this->notes[ $name ] );
		}
		return null !== $record;
	}

	private function recorded( string $name, ?File $file = null ): ?Record {
		$file = $file ?? File::read( $this->path( $name ) );
		return $file ? Record::find( $file->path, $file->hash ) : null;
	}

	/** The record of the file under the name it had before, which goes along; where the old one is still there, it is copied. */
	private function renamed( string $name, File $file ): ?Record {
		foreach ( $this->notes as $other => $note ) {
			$from = $this->former . '/' . $other;
			if ( $from === $file->path || ( $note['is'] ?? '' ) !== $file->hash ) {
				continue;
			}
			$old = Record::find( $from, $file->hash ) ?? Note::as_record( $note, $from );
			$new = $old->of( $file->path, $this->lease );
			if ( $new && ! is_file( $from ) ) {
				$old->delete();
				unset( $this->notes[ $other ] );
			}
			$this->changed = true;
			return $new ?? new Record( $file->path, $old->before, $old->after );
		}
		return null;
	}

	/** Forgets the files whose originals are back: a restore that was killed did not come to that. Returns how many. */
	private function finish_restore(): int {
		$back = 0;
		foreach ( $this->restorable() as $name ) {
			$record = Note::as_record( $this->notes[ $name ], $this->path( $name ) );
			$file   = $record && ! $record->is_kept() ? File::read( $record->path ) : null;
			if ( $file && $file->hash === $record->before['hash'] ) {
				$record->delete();
				unset( $this->notes[ $name ] );
				$this->changed = true;
				++$back;
			}
		}
		return $back;
	}

	/**
	 * Names with a note that are this image's own: those WordPress counts to it, and former sizes that are still there. The
	 * notes of one that was duplicated are about the files of another.
	 *
	 * @return string[]
	 */
	private function restorable(): array {
		$ours  = preg_replace( '/-(scaled|rotated)$/', '', pathinfo( $this->main, PATHINFO_FILENAME ) ) . '-';
		$names = array_map( 'strval', array_keys( $this->notes ) );
		$known = array_merge( $this->names(), Metadata::former( $this->id ) );
		return array_filter(
			$names,
			fn( string $name ): bool => in_array( $name, $known, true ) || ( 0 === strpos( $name, $ours ) && is_file( $this->path( $name ) ) )
		);
	}

	/** Puts one original back. Returns the outcome; empty where the file is as it came. */
	private function restore_file( string $name ): string {
		$path   = $this->path( $name );
		$file   = File::read( $path );
		$record = $file
			? $this->recorded( $name, $file ) ?? Note::record( $this->notes, $name, $file, $this->lease )
			: Note::as_record( $this->notes[ $name ], $path );
		if ( ! $record ) {
			return 'file_replaced';
		}
		$outcome = $record->is_kept() ? '' : Replacement::restore( $record, $file, $this->lease );
		if ( in_array( $outcome, array( '', 'restored' ), true ) ) {
			// One that was kept is forgotten as well: the image is as it came, and may be sent anew.
			unset( $this->notes[ $name ] );
			$this->changed = true;
		}
		if ( 'restored' === $outcome ) {
			$this->written[] = $path;
		}
		return $outcome;
	}

	private function note( string $name, Record $record ): void {
		$note = Note::of( $record );
		// The order of keys comes from the database.
		if ( ( $this->notes[ $name ] ?? null ) != $note ) { // phpcs:ignore Universal.Operators.StrictComparisons
			$this->notes[ $name ] = $note;
			$this->changed        = true;
		}
	}
}
