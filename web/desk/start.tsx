import { render, type FunctionComponent } from 'preact';
import { DeskFacts } from './kit/facts.ts';
import { Catalogue } from './kit/texts.ts';

/** Draws the page's view in place of what the page shows until then. */
export function startDesk(views: Readonly<Record<string, FunctionComponent>>): void {
  const place = document.querySelector<HTMLElement>('#desk');
  if (!place) return;
  const { view, texts, facts } = place.dataset;
  const View = views[view!]!;
  place.replaceChildren();
  render(
    <DeskFacts.Provider value={JSON.parse(facts!) as object}>
      <Catalogue.Provider value={JSON.parse(texts!) as Record<string, string>}>
        <View />
      </Catalogue.Provider>
    </DeskFacts.Provider>,
    place,
  );
}
