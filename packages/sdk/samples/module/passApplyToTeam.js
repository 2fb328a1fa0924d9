// A manager lets everybody in who asks.
var nim = api.require('nim');
var TEAM_APPLICATION = 0;

nim.onIMSystemMessageRecieved(function (notice) {
  if (notice.type !== TEAM_APPLICATION) return;
  nim.passApplyToTeam({ teamId: notice.targetID, userId: notice.sourceID }, function (ret, err) {
    if (ret) console.log(`${notice.sourceID} is in`);
    else console.error(err.errorCode === 509 ? 'Somebody else answered first' : err.errorMessage);
  });
});
