// Makes the test files anew, and the list of them: pictures/, damaged/ and made.ts.
//
//     npx node tests/files/make.ts
//
// It is run by hand, after a change to what it makes; what it made is committed. Beside sharp, which is installed with
// everything else, it needs exiftool, avifenc, webpmux, ffmpeg and ImageMagick (in Debian: libimage-exiftool-perl,
// libavif-bin, webp, ffmpeg, imagemagick). Other versions of them make other bytes of the same meaning.

import { animations } from './making/animations.ts';
import { colours } from './making/colours.ts';
import { damaged } from './making/damaged.ts';
import { writeList } from './making/list.ts';
import { harmless, loaded } from './making/loaded.ts';
import { metadata } from './making/metadata.ts';
import { oriented, plain } from './making/stills.ts';
import { transparencies } from './making/transparencies.ts';

await plain();
await oriented();
await animations();
await transparencies();
await colours();
await metadata();
await loaded();
await harmless();
await damaged();
writeList();
