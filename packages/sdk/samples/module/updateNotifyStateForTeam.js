// Mutes a team except for what its managers write.
var nim = api.require('nim');

// On Android "managers only" is 1 and "nothing" is 2; on iOS it is the other way round.
var MANAGERS_ONLY = api.systemType === 'android' ? 1 : 2;

nim.updateNotifyStateForTeam({ teamId: '64430396', teamMessageNotifyType: MANAGERS_ONLY }, function (ret, err) {
  console.log(ret ? 'Quiet, mostly' : err.errorMessage);
});
