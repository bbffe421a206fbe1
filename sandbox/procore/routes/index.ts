import type { Route } from '../http/call';
import { costCodeRoutes } from './cost-codes';
import { directCostLineRoutes } from './direct-cost-lines';
import { directCostRoutes } from './direct-costs';
import { lineItemTypeRoutes } from './line-item-types';
import { projectRoutes } from './projects';
import { vendorRoutes } from './vendors';
import { wbsRoutes } from './wbs-codes';

export const routes: Route[] = [
	...projectRoutes,
	...vendorRoutes,
	...costCodeRoutes,
	...lineItemTypeRoutes,
	...wbsRoutes,
	...directCostRoutes,
	...directCostLineRoutes,
];
