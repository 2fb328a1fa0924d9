// Tells the user why this phone was logged out from outside.
var nim = api.require('nim');

var reasons = {
  1: 'Your account was used on another phone',
  2: 'The service logged you out',
  3: 'You logged this phone out from another device',
};

nim.onKick(function (ret) {
  console.log(reasons[ret.code] || 'You were logged out');
});
