// Cancels a call that rings for too long.
var nim = api.require('nim');

function cancel(callID) {
  nim.callHangup({ callID: callID }, function (ret, err) {
    console.log(ret ? 'Call ended' : err.errorMessage);
  });
}

nim.startCall({ type: 1, callees: ['1002'] }, function (ret) {
  if (ret) cancel(ret.callID);
});
