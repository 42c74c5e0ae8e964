"""Every address of the demo. Present only in demo mode."""

from django.urls import path

from trigpoint.demo.signin import views as signin

app_name = "demo"
urlpatterns = [path("signin/<slug:role>/enter/", signin.enter, name="signin-enter")]
