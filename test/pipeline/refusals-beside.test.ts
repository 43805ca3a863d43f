import {
  forwarding,
  ofOrganization,
  organization,
  others,
  refusing,
  refusingWhole,
  summaryOf,
} from '../support/refusals.ts';
import { better } from '../support/world.ts';

const whole = await summaryOf(organization);

test.each(others)(
  '%s, which no headline figure needs: refused, it changes none, and no account is less than whole',
  async (operation) => {
    const lost = await summaryOf(
      ofOrganization(operation) ? refusingWhole(operation) : refusing({ [operation]: 'AccessDenied' }),
    );
    expect(better(lost, whole)).toEqual([]);
    const ownFigure = ({ id, scope }: { readonly id: string; readonly scope: string }): boolean =>
      (forwarding.includes(operation) && id === 'logging.ai-monitored-rate') ||
      (operation === 'organizations:ListTagsForResource' && scope.startsWith('owner:')); // the tags say whose an account is
    expect(lost?.metrics.filter((it) => !ownFigure(it))).toEqual(whole?.metrics.filter((it) => !ownFigure(it)));
    expect(lost?.completeness.accountsNotMeasured).toEqual(whole?.completeness.accountsNotMeasured);
  },
);
