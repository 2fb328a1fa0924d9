// Stops ringing here when the call was answered on the user's other device.
var nim = api.require('nim');

nim.onCallResponsedByOther(function (answer) {
  console.log(`Call ${answer.callID}${answer.accepted ? ' is taken' : ' was refused'} elsewhere`);
});
