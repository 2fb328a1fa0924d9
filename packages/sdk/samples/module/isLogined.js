// Decides at the start of the app which page to open.
var nim = api.require('nim');

if (nim.isLogined()) {
  console.log('Open the list of conversations');
} else {
  console.log('Open the login page');
}
