// Calls a friend by voice.
var nim = api.require('nim');

nim.startCall({ type: 1, callees: ['1002'], ext: '{"topic":"dinner"}' }, function (ret, err) {
  if (ret) console.log(`Ringing, call ${ret.callID}`);
  else console.error(err.errorCode === 10012 ? 'You are in a call already' : err.errorMessage);
});
