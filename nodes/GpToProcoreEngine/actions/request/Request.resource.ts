import { resource } from '../../../shared/operations';
import * as askForDeleted from './askForDeleted.operation';
import * as plan from './plan.operation';
import * as tell from './tell.operation';
import * as lookBack from './lookBack.operation';
import * as search from './search.operation';

export const request = resource('request', 'plan', [askForDeleted, plan, tell, lookBack, search]);
