import { resource } from '../../../shared/operations';
import * as exportRows from './export.operation';
import * as reconcile from './reconcile.operation';
import * as replay from './replay.operation';
import * as setup from './setup.operation';

export const form = resource('form', 'replay', [exportRows, reconcile, replay, setup]);
