// Removes the newest request from the list.
var nim = api.require("nim");

nim.fetchSystemNotifications({ limit: 1 }, (ret) => {
  nim.deleteSystemMessage({ messageId: ret.notifications[0].messageId }, (done, err) => {
    console.log(done ? "Removed" : err.errorMessage);
  });
});
