// The menu of a claim's page, made from the sections in its header: thousands of such pages need not hold it twice.
// shell.mjs, which opens it, comes after this module.

const drawer = document.createElement('dialog');
const head = document.createElement('div');
const close = document.createElement('button');
const nav = document.createElement('nav');
const home = document.createElement('a');

function entry(link) {
  const [line, copy] = [document.createElement('div'), link.cloneNode(true)];
  line.className = 'fg-nav__section';
  copy.className = 'fg-nav__title';
  line.append(copy);
  return line;
}

drawer.className = 'fg-drawer';
drawer.id = 'fg-drawer';
drawer.setAttribute('aria-label', 'Menu');
head.className = 'fg-drawer__head';
close.className = 'fg-header__button fg-drawer__close';
close.type = 'button';
close.setAttribute('aria-label', 'Close menu');
nav.className = 'fg-nav';
nav.setAttribute('aria-label', 'Navigation');
home.href = document.querySelector('.fg-brand').href;
home.textContent = 'Home';
head.append(document.querySelector('.fg-brand__name').cloneNode(true), close);
nav.append(...[home, ...document.querySelectorAll('.fg-tabs__link')].map(entry));
drawer.append(head, nav);
document.body.append(drawer);
