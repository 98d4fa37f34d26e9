// Holds the one event stream of a browser for all its tabs: over HTTP/1.1 a seventh stream would hang.
import { EventStream } from './event-stream.js';

const tabs = new Set();
const stream = new EventStream((message) => tabs.forEach((tab) => tab.postMessage(message)));
stream.open();

addEventListener('connect', (event) => {
  const tab = event.ports[0];
  tabs.add(tab);
  tab.onmessage = ({ data }) => data === 'bye' && tabs.delete(tab);
  tab.postMessage(stream.state);
});
