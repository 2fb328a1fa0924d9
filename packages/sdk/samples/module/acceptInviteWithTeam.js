// Says yes to every invitation to a team.
var nim = api.require('nim');
var TEAM_INVITATION = 2;

nim.onIMSystemMessageRecieved(function (notice) {
  if (notice.type !== TEAM_INVITATION) return;
  nim.acceptInviteWithTeam({ teamId: notice.targetID, invitorId: notice.sourceID }, function (ret, err) {
    console.log(ret ? `Now a member of ${notice.targetID}` : err.errorMessage);
  });
});
