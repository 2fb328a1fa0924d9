// The switch "Push notifications", on Android only.
var nim = api.require('nim');

nim.enablePushService({ enable: false }, function (ret, err) {
  console.log(ret ? 'No push on this phone' : err.errorMessage);
});
