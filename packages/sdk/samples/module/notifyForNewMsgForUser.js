// Puts the switch "Do not disturb" where it belongs when the page opens.
var nim = api.require('nim');

nim.notifyForNewMsgForUser({ userId: '1003' }, function (ret, err) {
  if (err) console.error(err.errorMessage);
  else console.log(`Do not disturb: ${ret.status ? 'off' : 'on'}`);
});
