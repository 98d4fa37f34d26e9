import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { PageElement } from '../element.js';
import { counted } from '../format.js';
import { LiveList } from '../live/live-list.js';
import { labelBadges, stateBadge } from '../parts/badges.js';
import { copyButton } from '../parts/copy.js';
import { empty, failure, skeletonBlock } from '../parts/states.js';

const READ_AGAIN = 15000;
const ORDER = { Online: 0, Idle: 1, Offline: 2 };

/** Every client as a tile: its state and why, how busy it is, its labels, when it was last seen. */
class OctopusClients extends PageElement {
  #timer = 0;
  clients = new LiveList(this, { kind: 'client', path: '/clients', key: 'name' });

  connectedCallback() {
    super.connectedCallback();
    document.title = 'Clients – Octopus';
    this.clients.load();
    // last contact moves on without an event
    this.#timer = setInterval(() => this.clients.refresh(), READ_AGAIN);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  render() {
    const { clients } = this;
    const sorted = [...clients.items].sort(byStateAndName);
    return html`<header class="page-head">
        <div>
          <h1>Clients</h1>
          <p class="sub">${inWords(sorted)}</p>
        </div>
      </header>
      ${failure(clients.error, {
        what: 'The clients could not be loaded',
        staleSince: sorted.length ? clients.staleSince : null,
        retry: () => clients.refresh(),
      })}
      ${clients.state === 'loading' ? skeletonBlock() : nothing}
      ${clients.state === 'ready' && !sorted.length ? noClients() : nothing}
      <ul class="clients" aria-label="Clients">
        ${repeat(sorted, (client) => client.name, tile)}
      </ul>`;
  }
}

function byStateAndName(a, b) {
  return ORDER[a.status] - ORDER[b.status] || a.name.localeCompare(b.name);
}

function inWords(clients) {
  return Object.keys(ORDER)
    .map((status) => [status, clients.filter((client) => client.status === status).length])
    .filter(([, number]) => number)
    .map(([status, number]) => `${number} ${status}`)
    .join(' · ');
}

function tile(client) {
  const { name, status, why, busy, slots, draining, labels, os, version } = client;
  return html`<li class="card client client-${status.toLowerCase()}">
    <div class="client-head">
      <a class="client-name" href="/ui/clients/${encodeURIComponent(name)}">${name}</a>
      ${draining ? stateBadge('Draining') : nothing} ${stateBadge(status)}
    </div>
    ${why ? html`<p class="client-why">${why}</p>` : nothing}
    ${slots == null
      ? nothing
      : html`<div class="load">
          <meter min="0" max=${slots || 1} .value=${busy ?? 0} aria-label="Busy slots of ${name}"></meter>
          <span>${busy ?? 0} of ${counted(slots, 'slot')} busy</span>
        </div>`}
    ${labelBadges(labels)}
    <p class="sub client-foot"><span>${seen(client)}</span><span>${[os, version].filter(Boolean).join(' · ')}</span></p>
  </li>`;
}

/** An online client is in contact all the time: how long it has been there says more. */
export function seen({ status, last_seen: last, joined_at: joined }) {
  if (status === 'Online') {
    return html`last seen now${joined ? html`, joined <octopus-time .at=${joined}></octopus-time>` : nothing}`;
  }
  return html`last seen <octopus-time .at=${last}></octopus-time>`;
}

function noClients() {
  const command = `bin/octopus worker --seed ${location.hostname}:2551`;
  return empty({
    title: 'No client has joined yet',
    text: html`Start one on any machine; it shows up here by itself.
      <span class="command"><code>${command}</code>${copyButton(command, 'command')}</span>`,
  });
}

customElements.define('octopus-clients', OctopusClients);
