import { resource } from '../../../shared/operations';
import * as askForDeleted from './askForDeleted.operation';
import * as plan from './plan.operation';
import * as tell from './tell.operation';

export const request = resource('request', 'plan', [askForDeleted, plan, tell]);
