// Finds out whether a call is going on, for instance after the app comes back.
var nim = api.require('nim');

nim.startCall({ type: 1, callees: ['1002'] }, function () {
  nim.currentCallID(function (ret, err) {
    if (err) console.error(err.errorMessage);
    else console.log(ret.callID ? `In call ${ret.callID}` : 'No call');
  });
});
