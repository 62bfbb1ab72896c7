/** What each source of WordPress files is given: it fills `folder` or throws a sentence. */
export interface Source {
	version: string;
	/** Where the files go, empty at first. */
	folder: string;
	/** A folder for leftovers, deleted afterwards. */
	scratch: string;
	say: ( sentence: string ) => void;
}
