import type { Links } from './help-link.tsx';
import { queuedLine, retriedLine, stoppedLine } from './lines.ts';
import { MessageView } from './message-view.tsx';
import { problemMessage } from './messages.ts';
import { underWay } from './queue.ts';
import type { ConnectionScreen } from './use-connection.ts';

interface Props {
	screen: ConnectionScreen;
	links: Links;
}

const done = { retry: retriedLine, optimize: queuedLine, stop: stoppedLine };

/**
 * What came of the last thing somebody did with all images. An attempt that was given up may go through after all: that it
 * failed is said only as long as there is something left to do.
 */
export function ImagesMessage( { screen: { attempt, snapshot }, links }: Props ) {
	const { connection, summary } = snapshot;
	if ( attempt.tag === 'idle' || ! ( attempt.action in done ) ) {
		return null;
	}
	const action = attempt.action as keyof typeof done;
	const left = { retry: summary.failed, optimize: summary.not_optimized, stop: summary.waiting };
	if ( attempt.tag === 'failed' && left[ action ] > 0 ) {
		return <MessageView message={ problemMessage( attempt.problem, connection ) } links={ links } />;
	}
	const isOver = action === 'optimize' && underWay( summary ) === 0;
	return attempt.tag === 'done' && ! isOver ? (
		<MessageView message={ { tone: 'good', lines: [ done[ action ]() ] } } links={ links } />
	) : null;
}
