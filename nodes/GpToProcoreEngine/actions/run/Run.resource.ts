import { resource } from '../../../shared/operations';
import * as beginBatch from './beginBatch.operation';
import * as claim from './claim.operation';
import * as close from './close.operation';
import * as earlierEvents from './earlierEvents.operation';
import * as fail from './fail.operation';
import * as loadParked from './loadParked.operation';
import * as loadParkedByStream from './loadParkedByStream.operation';
import * as mayHaveMoved from './mayHaveMoved.operation';
import * as open from './open.operation';
import * as recordOutcomes from './recordOutcomes.operation';
import * as resume from './resume.operation';
import * as beforeWriting from './beforeWriting.operation';
import * as compareMapping from './compareMapping.operation';
import * as handOn from './handOn.operation';
import * as prepareBatch from './prepareBatch.operation';
import * as readStart from './readStart.operation';

export const run = resource('run', 'open', [
	beginBatch,
	claim,
	close,
	fail,
	loadParked,
	loadParkedByStream,
	mayHaveMoved,
	open,
	recordOutcomes,
	resume,
	readStart,
	prepareBatch,
	handOn,
	compareMapping,
	beforeWriting,
	earlierEvents,
]);
