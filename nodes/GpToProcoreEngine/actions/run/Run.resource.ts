import { resource } from '../../../shared/operations';
import * as beginBatch from './beginBatch.operation';
import * as claim from './claim.operation';
import * as close from './close.operation';
import * as fail from './fail.operation';
import * as loadParked from './loadParked.operation';
import * as loadParkedByStream from './loadParkedByStream.operation';
import * as mayHaveMoved from './mayHaveMoved.operation';
import * as open from './open.operation';
import * as recordOutcomes from './recordOutcomes.operation';
import * as resume from './resume.operation';

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
]);
